package dev.settle.policy.throttle;

/** What throttles tell of. */
public enum ThrottleEvent {
    /** A call shares a run with others; the detail is how many share it. */
    SHARED
}
