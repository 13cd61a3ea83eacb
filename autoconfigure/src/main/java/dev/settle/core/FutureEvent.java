package dev.settle.core;

/** What happens to the futures that callers get. */
public enum FutureEvent {
    /** Nobody has looked at a failed future, and nobody can any more; the detail is the failure. */
    UNOBSERVED
}
