package dev.settle.policy.exclusive;

/** What mutexes tell of. */
public enum ExclusiveEvent {
    /** A call shares the outcome of one that is going on; the detail is how many share it. */
    JOINED,
    /** A call has aborted those before it; the detail is how many. */
    REPLACED
}
