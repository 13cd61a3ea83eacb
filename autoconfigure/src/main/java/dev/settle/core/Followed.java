package dev.settle.core;

/**
 * A future whose work begins only when the attempt follows it: with the end of the method, when an abort no longer
 * interrupts its thread but cancels the future, and the signal of this thread is again that of the caller.
 */
public interface Followed {

    /** The attempt follows. Never throws. */
    void followed();
}
