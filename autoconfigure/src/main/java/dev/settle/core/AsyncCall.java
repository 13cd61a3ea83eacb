package dev.settle.core;

import java.util.concurrent.CompletionStage;

/** Work that can be started, once or again. */
@FunctionalInterface
public interface AsyncCall<T> {

    /** Starts the work. Throwing, and returning null, are failures of the work. */
    CompletionStage<T> start() throws Exception;
}
