package dev.settle.policy.timeout;

import dev.settle.CallTimeoutException;
import dev.settle.annotation.Timeout;

/** What timeouts tell of. */
public enum TimeoutEvent {
    /** A call was given up; the detail is {@link TimedOut}. */
    TIMED_OUT,
    /** Work has ended after its call was given up; the detail is the {@code Duration} since. */
    ENDED_LATE;

    /**
     * A limit was exceeded.
     *
     * @param scope which of them
     * @param failure what the call, or its attempt, ends with
     */
    public record TimedOut(Timeout.Scope scope, CallTimeoutException failure) {}
}
