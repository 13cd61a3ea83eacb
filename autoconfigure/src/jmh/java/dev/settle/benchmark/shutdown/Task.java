package dev.settle.benchmark.shutdown;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The work of one call. */
final class Task {

    private static final Exception FAILURE = new Exception("not now");

    private final int failures;
    private final int millis;
    private int attempts;

    Task(int failures, int millis) {
        this.failures = failures;
        this.millis = millis;
    }

    /** Fails the first times. */
    CompletableFuture<String> attempt(Dependency dependency) {
        String done = dependency.use();
        return (this.attempts++ < this.failures)
                ? CompletableFuture.failedFuture(FAILURE)
                : CompletableFuture.completedFuture(done);
    }

    /** Is answered later. */
    CompletableFuture<String> remote(Dependency dependency) {
        return new CompletableFuture<String>()
                .completeOnTimeout("reply", this.millis, TimeUnit.MILLISECONDS)
                .thenApply(reply -> dependency.use());
    }

    /** Blocks its thread. */
    CompletableFuture<String> blocking(Dependency dependency) {
        try {
            Thread.sleep(this.millis);
            return CompletableFuture.completedFuture(dependency.use());
        } catch (InterruptedException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }
}
