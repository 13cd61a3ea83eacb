package dev.settle.core;

import java.util.concurrent.CompletionStage;

/** A function whose result comes later. */
@FunctionalInterface
public interface AsyncFunction<T, R> {

    /** Starts the work for a value. Throwing, and returning null, are failures of the work. */
    CompletionStage<R> apply(T value) throws Exception;
}
