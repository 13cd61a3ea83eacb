package dev.settle.lifecycle;

import java.util.concurrent.CompletableFuture;
import org.springframework.context.SmartLifecycle;

/** A lifecycle bean that knows nothing of Settle, and notes when it is told to stop. */
final class ForeignBean implements SmartLifecycle {

    private final String name;
    private final int phase;
    private final Journal journal;
    private final CompletableFuture<?> stopped;
    private final CompletableFuture<Void> stopping = new CompletableFuture<>();
    private volatile boolean running;

    /** Stops at once. */
    ForeignBean(String name, int phase, Journal journal) {
        this(name, phase, journal, CompletableFuture.completedFuture(null));
    }

    /** Has stopped when the future completes. */
    ForeignBean(String name, int phase, Journal journal, CompletableFuture<?> stopped) {
        this.name = name;
        this.phase = phase;
        this.journal = journal;
        this.stopped = stopped;
    }

    /** Completes when the bean has been told to stop. */
    CompletableFuture<Void> stopping() {
        return this.stopping;
    }

    @Override
    public void start() {
        this.running = true;
    }

    @Override
    public void stop(Runnable callback) {
        this.journal.note(this.name + " stops");
        this.running = false;
        this.stopping.complete(null);
        this.stopped.thenRun(callback);
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public int getPhase() {
        return this.phase;
    }
}
