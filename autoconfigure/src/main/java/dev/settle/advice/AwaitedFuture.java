package dev.settle.advice;

import dev.settle.time.Workers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A plain future, which cannot call back, waited for on a thread of Settle's. */
final class AwaitedFuture extends CompletableFuture<Object> {

    private final Future<?> future;

    private AwaitedFuture(Future<?> future) {
        this.future = future;
    }

    static CompletableFuture<Object> of(Future<?> future) {
        AwaitedFuture awaited = new AwaitedFuture(future);
        if (future.isDone()) {
            awaited.awaitDone();
        } else {
            Workers.shared().execute(awaited::await);
        }
        return awaited;
    }

    /** On the caller's thread: its interrupt is none of this, and ForkJoinTask.get() of JDK 17 would throw for it. */
    private void awaitDone() {
        boolean interrupted = Thread.interrupted();
        await();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void await() {
        try {
            complete(this.future.get());
        } catch (ExecutionException ex) {
            completeExceptionally((ex.getCause() != null) ? ex.getCause() : ex);
        } catch (Throwable ex) {
            completeExceptionally(ex);
        }
    }

    /** Reaches the work; this future settles with what that makes of it. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return this.future.cancel(mayInterruptIfRunning);
    }
}
