package dev.settle.benchmark.storm;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Remote work that fails the first times it is tried. */
final class Flaky implements Supplier<CompletableFuture<String>> {

    /** One for all, and without a trace: what failures cost is not what is measured. */
    private static final Exception FAILURE = new Failure();

    private final int failures;
    private int attempts;

    Flaky(int failures) {
        this.failures = failures;
    }

    @Override
    public CompletableFuture<String> get() {
        return (this.attempts++ < this.failures)
                ? CompletableFuture.failedFuture(FAILURE)
                : CompletableFuture.completedFuture("done");
    }

    private static final class Failure extends Exception {

        private static final long serialVersionUID = 1L;

        Failure() {
            super("not now", null, false, false);
        }
    }
}
