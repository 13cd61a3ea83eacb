package dev.settle.benchmark;

/** How much time a measurement may take. */
public enum Effort {
    /** For {@code docs/performance.md}: repeated, until the medians mean something. */
    FULL,
    /** For every build: bytes hardly vary, times are a hint. */
    QUICK
}
