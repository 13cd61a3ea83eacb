package dev.settle.policy.debounce;

/** What debounces tell of. */
public enum DebounceEvent {
    /** A call shares a run with others; the detail is how many share it. */
    COALESCED
}
