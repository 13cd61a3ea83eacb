package dev.settle.core;

import java.time.Duration;

/** What policies tell of that make calls wait or refuse them. */
public enum LineEvent {
    /** A call waits; the detail is the name of the policy. */
    WAITING,
    /** A call that has waited goes on; the detail is {@link Waited}. */
    LET_IN,
    /** A call that has waited has left, and will not run; the detail is {@link Waited}. */
    LEFT,
    /** A call was refused; the detail is its {@code CallRejectedException}. */
    REJECTED;

    /**
     * The end of a wait.
     *
     * @param policy the policy, as it is called in {@code application.yml}
     * @param time how long the call has waited
     */
    public record Waited(String policy, Duration time) {}
}
