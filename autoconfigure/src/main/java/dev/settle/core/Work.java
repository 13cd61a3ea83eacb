package dev.settle.core;

import dev.settle.abort.AbortSignal;
import org.jspecify.annotations.Nullable;

/** What a call runs: the method, once for each attempt. */
public interface Work {

    /**
     * Runs it on this thread.
     *
     * @return a {@code CompletionStage} when {@link #asynchronous()}, else the value itself
     */
    @Nullable
    Object run(AbortSignal signal) throws Throwable;

    /** Whether the outcome is that of the stage returned, or the value returned. */
    boolean asynchronous();
}
