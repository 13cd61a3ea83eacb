package dev.settle.web;

import dev.settle.abort.AbortSignal;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Requests that wait until the test answers them, or until they are given up. */
public final class Parking {

    private final BlockingQueue<Parked> parked = new LinkedBlockingQueue<>();

    /** One request: its signal, and what answers it. */
    public record Parked(AbortSignal signal, CompletableFuture<String> answer) {}

    /** Parks the request that is handled on this thread. */
    public CompletableFuture<String> park() {
        return park(AbortSignal.current());
    }

    public CompletableFuture<String> park(AbortSignal signal) {
        CompletableFuture<String> answer = pend(signal);
        signal.onAbort(reason -> answer.complete("given up"));
        return answer;
    }

    /** Parks a request that has no answer of its own for being given up. */
    public CompletableFuture<String> pend(AbortSignal signal) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        this.parked.add(new Parked(signal, answer));
        return answer;
    }

    /** The next request. */
    public Parked next() throws InterruptedException {
        Parked next = this.parked.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("No request came");
        }
        return next;
    }
}
