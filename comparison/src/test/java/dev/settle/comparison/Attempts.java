package dev.settle.comparison;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Work that is done differently at each attempt, and counts them. */
public final class Attempts implements Body {

    private final AtomicInteger made = new AtomicInteger();
    private final Attempt attempt;

    /** Creates the work. */
    public Attempts(Attempt attempt) {
        this.attempt = attempt;
    }

    @Override
    public CompletionStage<String> start() throws Exception {
        return this.attempt.start(this.made.incrementAndGet());
    }

    /** How many attempts there were. */
    public int made() {
        return this.made.get();
    }

    /** How many attempts there were, in words. */
    public String text() {
        return made() + (made() == 1 ? " attempt" : " attempts");
    }

    /** A future that fails a little later, on another thread. */
    public static CompletableFuture<String> failing(Throwable failure) {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)
                .execute(() -> future.completeExceptionally(failure));
        return future;
    }

    /** What one attempt does. */
    @FunctionalInterface
    public interface Attempt {

        /** Starts the attempt with that number, from one on. */
        CompletionStage<String> start(int number) throws Exception;
    }
}
