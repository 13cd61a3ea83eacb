package dev.settle.core;

import dev.settle.abort.AbortSignal;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A remote service whose answers are written down beforehand, one for each attempt; the last one goes on for ever. */
public final class Provider implements AsyncCall<String>, Callable<CompletionStage<String>> {

    private final List<Callable<CompletableFuture<String>>> script = new ArrayList<>();
    private final List<CompletableFuture<String>> futures = Collections.synchronizedList(new ArrayList<>());
    private final List<AbortSignal> signals = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> startedAt = Collections.synchronizedList(new ArrayList<>());
    private final TimeSource time;
    private final long origin;

    public Provider(TimeSource time) {
        this.time = time;
        this.origin = time.nanoTime();
    }

    public Provider thenAnswers(String value) {
        return then(() -> CompletableFuture.completedFuture(value));
    }

    public Provider thenFails(Throwable failure) {
        return then(() -> CompletableFuture.failedFuture(failure));
    }

    /** Fails with a new exception, whose message is the number of the attempt. */
    public Provider thenFails() {
        return then(() -> CompletableFuture.failedFuture(new IllegalStateException("attempt " + attempts())));
    }

    public Provider thenThrows(Exception failure) {
        return then(() -> {
            throw failure;
        });
    }

    public Provider thenReturnsNull() {
        return then(() -> null);
    }

    /** Returns a future that the test settles by hand. */
    public Provider thenWaits() {
        return then(CompletableFuture::new);
    }

    public Provider thenTakes(Duration duration, Throwable failure) {
        return then(() -> {
            CompletableFuture<String> future = new CompletableFuture<>();
            this.time.schedule(duration.toNanos(), () -> future.completeExceptionally(failure));
            return future;
        });
    }

    public Provider thenTakes(Duration duration, String value) {
        return then(() -> {
            CompletableFuture<String> future = new CompletableFuture<>();
            this.time.schedule(duration.toNanos(), () -> future.complete(value));
            return future;
        });
    }

    public Provider then(Callable<CompletableFuture<String>> answer) {
        this.script.add(answer);
        return this;
    }

    @Override
    public CompletableFuture<String> start() throws Exception {
        this.signals.add(AbortSignal.current());
        this.startedAt.add(Duration.ofNanos(this.time.nanoTime() - this.origin));
        int index = Math.min(this.signals.size(), this.script.size()) - 1;
        CompletableFuture<String> future = this.script.get(index).call();
        this.futures.add(future);
        return future;
    }

    @Override
    public CompletableFuture<String> call() throws Exception {
        return start();
    }

    /** As a synchronous method: the future must be settled, or the answer a throw. */
    public String callNow() throws Exception {
        CompletableFuture<String> future = start();
        try {
            return future.getNow(null);
        } catch (RuntimeException ex) {
            throw (Exception) future.handle((value, failure) -> failure).join();
        }
    }

    public int attempts() {
        return this.signals.size();
    }

    /** When the attempts started, from the making of this provider on. */
    public List<Duration> startedAt() {
        return this.startedAt;
    }

    /** The signals that the attempts ran under, in order. */
    public List<AbortSignal> signals() {
        return this.signals;
    }

    /** The future that the attempt of this number, from one, returned. */
    public CompletableFuture<String> future(int attempt) {
        return this.futures.get(attempt - 1);
    }
}
