package dev.settle.abort;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A cleanup that ends when the test says so. */
final class HandCleanup implements AsyncCleanup {

    private final CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();
    private volatile @Nullable AbortEvent event;
    private volatile int starts;

    @Override
    public synchronized CompletionStage<?> cleanUp(AbortEvent event) {
        this.event = event;
        this.starts++;
        return this.stage;
    }

    boolean started() {
        return this.starts > 0;
    }

    int starts() {
        return this.starts;
    }

    /** What the cleanup was told when it started. */
    AbortEvent event() {
        AbortEvent told = this.event;
        if (told == null) {
            throw new AssertionError("The cleanup has not started");
        }
        return told;
    }

    /** The stage that the cleanup returned. */
    CompletableFuture<@Nullable Object> stage() {
        return this.stage;
    }

    void finish() {
        this.stage.complete(null);
    }

    void fail(Throwable failure) {
        this.stage.completeExceptionally(failure);
    }
}
