package dev.settle.comparison;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who calls a method, on a thread of their own: whoever parks it parks nobody else. */
public final class Caller {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final CompletableFuture<CompletableFuture<String>> returned = new CompletableFuture<>();
    private final CompletableFuture<String> settled = this.returned.thenCompose(future -> future);
    private final Thread thread;
    private volatile boolean flagged;

    private Caller(Callable<CompletableFuture<String>> call) {
        this.thread = new Thread(() -> run(call), "caller-" + NUMBERS.incrementAndGet());
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Calls a future-returning method. */
    public static Caller of(Callable<CompletableFuture<String>> call) {
        return new Caller(call);
    }

    /** Calls a synchronous method. */
    public static Caller ofSync(Callable<String> call) {
        return new Caller(() -> CompletableFuture.completedFuture(call.call()));
    }

    private void run(Callable<CompletableFuture<String>> call) {
        try {
            CompletableFuture<String> future = call.call();
            this.flagged = Thread.currentThread().isInterrupted();
            // A null has come back, and is not waited for.
            this.returned.complete((future == null) ? CompletableFuture.completedFuture(null) : future);
        } catch (Throwable ex) {
            this.flagged = Thread.currentThread().isInterrupted();
            this.returned.completeExceptionally(ex);
        }
    }

    /** Whether the method has given the thread back in time. */
    public boolean back(Duration within) {
        return Waits.until(within, this.returned::isDone);
    }

    /** Whether the method threw instead of returning a future. */
    public boolean threw() {
        return this.returned.isCompletedExceptionally();
    }

    /** The future that the method returned. */
    public CompletableFuture<String> future() {
        return this.returned.join();
    }

    /** Whether the call has an outcome. */
    public boolean settled() {
        return this.settled.isDone();
    }

    /** What became of the call. */
    public Outcome outcome(Duration within) {
        return Outcome.of(this.settled, within);
    }

    /** Interrupts the caller's thread. */
    public void interrupt() {
        this.thread.interrupt();
    }

    /** Whether the caller's thread had its interrupt flag up when the method had returned. */
    public boolean flagged() {
        return this.flagged;
    }
}
