package dev.settle.comparison;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Work whose futures a scenario settles by hand. */
public final class HandWork implements Body, AutoCloseable {

    private final List<CompletableFuture<String>> started = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<String> start() {
        CompletableFuture<String> future = new CompletableFuture<>();
        this.started.add(future);
        return future;
    }

    /** Waits until so many have started. */
    public boolean started(int count, Duration within) {
        return Waits.until(within, () -> this.started.size() >= count);
    }

    /** How many have started. */
    public int started() {
        return this.started.size();
    }

    /** How many have started and are not done. */
    public int inside() {
        return (int) this.started.stream().filter(future -> !future.isDone()).count();
    }

    /** The future of the work that started as that one, from zero on. */
    public CompletableFuture<String> future(int index) {
        return this.started.get(index);
    }

    /** Ends the work that started as that one. */
    public void finish(int index) {
        this.started.get(index).complete("done " + index);
    }

    /** Ends everything, so that nobody is left waiting. */
    @Override
    public void close() {
        this.started.forEach(future -> future.complete("ended"));
    }
}
