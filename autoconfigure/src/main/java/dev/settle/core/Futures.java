package dev.settle.core;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What steps do with futures. */
public final class Futures {

    private Futures() {}

    /** Settles a future with an outcome. */
    public static void settle(
            CompletableFuture<@Nullable Object> future, @Nullable Object value, @Nullable Throwable failure) {
        if (failure != null) {
            future.completeExceptionally(failure);
        } else {
            future.complete(value);
        }
    }

    /** Settles a future with the outcome of another. */
    public static void relay(CompletableFuture<@Nullable Object> from, CompletableFuture<@Nullable Object> to) {
        StepOutcome.follow(from, (value, failure) -> settle(to, value, failure));
    }
}
