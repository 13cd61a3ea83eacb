package dev.settle.core;

import java.util.concurrent.CompletableFuture;

/** Somebody who calls a synchronous method on a thread of their own. */
public final class Caller {

    private final CompletableFuture<Object> outcome = new CompletableFuture<>();
    private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    private final Thread thread;

    /** What the caller does. */
    @FunctionalInterface
    public interface Task {
        Object run() throws Throwable;
    }

    /** Starts at once. */
    public Caller(String name, Task task) {
        this.thread = new Thread(() -> run(task), name);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    private void run(Task task) {
        Object value = null;
        Throwable thrown = null;
        try {
            value = task.run();
        } catch (Throwable ex) {
            thrown = ex;
        }
        this.interrupted.complete(Thread.interrupted());
        if (thrown != null) {
            this.outcome.completeExceptionally(thrown);
        } else {
            this.outcome.complete(value);
        }
    }

    public void interrupt() {
        this.thread.interrupt();
    }

    public boolean isDone() {
        return this.outcome.isDone();
    }

    /** What was returned. */
    public Object value() throws Exception {
        return Results.await(this.outcome);
    }

    /** What was thrown. */
    public Throwable failure() throws Exception {
        return Results.awaitFailure(this.outcome);
    }

    /** Whether the thread was left interrupted. */
    public boolean leftInterrupted() throws Exception {
        return Results.await(this.interrupted);
    }
}
