package dev.settle.lifecycle;

import dev.settle.abort.AbortEvent;
import dev.settle.abort.AsyncCleanup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A cleanup that ends when the test says so. */
final class HandCleanup implements AsyncCleanup {

    private final CompletableFuture<AbortEvent> started = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();

    @Override
    public CompletionStage<?> cleanUp(AbortEvent event) {
        if (!this.started.complete(event)) {
            throw new AssertionError("The cleanup has been started twice");
        }
        return this.stage;
    }

    /** What the cleanup is told, once it has been started. */
    AbortEvent event() {
        return Waits.result(this.started);
    }

    boolean started() {
        return this.started.isDone();
    }

    void finish() {
        this.stage.complete(null);
    }

    void fail(Throwable failure) {
        this.stage.completeExceptionally(failure);
    }
}
