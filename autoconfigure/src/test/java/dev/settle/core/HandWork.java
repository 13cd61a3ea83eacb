package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Pieces of work, known by their names, that a test settles by hand; it remembers in which order they began. */
public final class HandWork {

    private final List<String> started = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<String>> futures = new ConcurrentHashMap<>();
    private final Map<String, AbortSignal> signals = new ConcurrentHashMap<>();

    /** Begins; the future ends when the test says so, or is cancelled. */
    public CompletableFuture<String> start(String name) {
        return begin(name, new CompletableFuture<>());
    }

    /** Begins work that takes no notice when it is cancelled. */
    public CompletableFuture<String> startStubborn(String name) {
        return begin(name, new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        });
    }

    /** Begins and ends at once. */
    public CompletableFuture<String> startAndEnd(String name) {
        return begin(name, CompletableFuture.completedFuture(name));
    }

    private CompletableFuture<String> begin(String name, CompletableFuture<String> future) {
        this.signals.put(name, AbortSignal.current());
        this.futures.put(name, future);
        this.started.add(name);
        return future;
    }

    /** Ends the work; its name is its value. */
    public void end(String name) {
        future(name).complete(name);
    }

    /** The future that the work returned. */
    public CompletableFuture<String> future(String name) {
        CompletableFuture<String> future = this.futures.get(name);
        assertThat(future).as("the future of %s, among %s", name, this.started).isNotNull();
        return future;
    }

    /** The signal that the work began under. */
    public AbortSignal signal(String name) {
        AbortSignal signal = this.signals.get(name);
        assertThat(signal).as("the signal of %s, among %s", name, this.started).isNotNull();
        return signal;
    }

    /** What has begun, in order. */
    public List<String> started() {
        return this.started;
    }

    /** Until another thread has brought the condition about. */
    public static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("nanoseconds after the last moment")
                    .isNegative();
            Thread.yield();
        }
    }
}
