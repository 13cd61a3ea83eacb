package dev.settle.benchmark.storm;

import java.util.concurrent.CompletableFuture;

/** Calls flaky work with two retries. */
@FunctionalInterface
interface Caller {

    CompletableFuture<String> call(Flaky work);
}
