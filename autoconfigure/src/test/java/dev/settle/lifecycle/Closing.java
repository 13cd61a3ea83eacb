package dev.settle.lifecycle;

import java.util.concurrent.CompletableFuture;
import org.springframework.context.ConfigurableApplicationContext;

/** A thread that closes a context while the test looks on. */
final class Closing {

    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    private final Thread thread;

    private Closing(ConfigurableApplicationContext context) {
        this.thread = new Thread(() -> run(context), "closing");
        this.thread.setDaemon(true);
    }

    static Closing of(ConfigurableApplicationContext context) {
        Closing closing = new Closing(context);
        closing.thread.start();
        return closing;
    }

    private void run(ConfigurableApplicationContext context) {
        try {
            context.close();
            this.interrupted.complete(Thread.currentThread().isInterrupted());
            this.closed.complete(null);
        } catch (Throwable ex) {
            this.closed.completeExceptionally(ex);
        }
    }

    /** Completes when {@code close()} has returned. */
    CompletableFuture<Void> closed() {
        return this.closed;
    }

    void interrupt() {
        this.thread.interrupt();
    }

    /** Whether the thread was interrupted when {@code close()} returned. */
    CompletableFuture<Boolean> interrupted() {
        return this.interrupted;
    }

    void join() {
        Waits.result(this.closed);
    }
}
