package dev.settle.benchmark.shutdown;

import java.util.concurrent.CompletableFuture;

/** The service of an application. */
interface Caller {

    CompletableFuture<String> retried(Task task);

    CompletableFuture<String> remote(Task task);
}
