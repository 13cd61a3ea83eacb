package dev.settle.policy.timeout;

/** What timeouts tell of. */
public enum TimeoutEvent {
    /** A call was given up; the detail is its {@code CallTimeoutException}. */
    TIMED_OUT,
    /** Work has ended after its call was given up; the detail is the {@code Duration} since. */
    ENDED_LATE
}
