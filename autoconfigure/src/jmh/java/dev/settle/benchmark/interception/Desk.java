package dev.settle.benchmark.interception;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A bean with nothing to do, in the three shapes of a call. Variants override the methods and annotate their class. */
public class Desk {

    private final CompletableFuture<String> done = CompletableFuture.completedFuture("done");

    /** Returns at once. */
    public String sync(String id) {
        return id;
    }

    /** Returns a future that is there already. */
    public CompletableFuture<String> completed(String id) {
        return this.done;
    }

    /** Returns a future that is completed later. */
    public CompletableFuture<String> pending(CompletableFuture<String> later) {
        return later;
    }

    /** Runs what a proof wants to be run. */
    public CompletableFuture<String> proof(Supplier<CompletableFuture<String>> body) {
        return body.get();
    }
}
