package dev.settle.core;

import dev.settle.abort.AbortSignal;
import org.jspecify.annotations.Nullable;

/** What a call runs: the method, once for each attempt. */
public interface Work {

    /** No arguments. */
    @Nullable
    Object[] NOTHING = {};

    /**
     * Runs it on this thread.
     *
     * @return a {@code CompletionStage} when {@link #asynchronous()}, else the value itself
     */
    @Nullable
    Object run(AbortSignal signal) throws Throwable;

    /** What the method is called on, if it is a method. */
    default @Nullable Object target() {
        return null;
    }

    /** What the method is called with. */
    default @Nullable Object[] arguments() {
        return NOTHING;
    }

    /** Whether the outcome is that of the stage returned, or the value returned. */
    boolean asynchronous();
}
