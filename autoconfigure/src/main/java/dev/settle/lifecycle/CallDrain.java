package dev.settle.lifecycle;

import dev.settle.abort.AbortEvent;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.InFlight;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import dev.settle.time.Workers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What shutdown does with the calls of annotated methods: it stops their waiting, waits for those that run, aborts them
 * when the time is up, and closes the gate for new ones.
 *
 * <p>The gate stays open while beans that take in work are still stopping, the web server above all: the requests it
 * waits for make calls of their own. Calls made by a call in flight, or by a cleanup, are always let in.
 */
public final class CallDrain {

    static final String IN_FLIGHT = "calls in flight";
    static final String LATE = "late calls";

    /** Kept back from the limit, so that aborted calls can still tell their callers. */
    private static final long LAST_WORDS = TimeUnit.MILLISECONDS.toNanos(500);

    private final AsyncAbortController controller;
    private final InFlight calls;
    private final TimeSource time;
    private final AbortSource stopping = new Stopping();
    private volatile InFlight.@Nullable Tally tally;
    private volatile long graceEnds;
    private volatile boolean paused;

    /** Creates the drain, and registers it in the phases it belongs to. */
    public CallDrain(AsyncAbortController controller, TimeSource time) {
        this.controller = controller;
        this.calls = controller.inFlight();
        this.time = time;
        controller.phase(AbortPhases.WEB_DRAIN).onAbort(IN_FLIGHT, this::drain);
        controller.phase(AbortPhases.WEB_DRAIN - 1).onAbort(LATE, this::close);
        // When there is no Spring to say it step by step, an abort of all is the beginning.
        controller.phase(AbortPhases.WEB_DRAIN).signal().onAbort(reason -> {
            if (!begun()) {
                begin(reason, true);
            }
        });
    }

    /** Aborts when calls should no longer wait for better times. */
    public AbortSignal stopping() {
        return this.stopping;
    }

    /** How many calls would be told. */
    public int waiting() {
        return this.stopping.listening();
    }

    /**
     * Shutdown has begun, and the application serves no longer than it must.
     *
     * @param closeGate whether nothing takes in work any more
     */
    void begin(AbortReason reason, boolean closeGate) {
        // Counted before anything is told to stop waiting.
        synchronized (this) {
            if (this.tally == null) {
                this.tally = this.calls.tally();
            }
        }
        if (closeGate) {
            this.calls.close();
        }
        // Who waits for a call goes on from here, as long as it likes: not on the thread that closes the context.
        Workers.shared().execute(() -> this.stopping.abort(reason));
    }

    private synchronized boolean begun() {
        return this.tally != null;
    }

    private CompletionStage<?> drain(AbortEvent event) {
        long grace = grace(event);
        this.graceEnds = this.time.nanoTime() + grace;
        return settled(event, grace).thenApply(nothing -> words());
    }

    /** What was let in while the gate was open gets what is left of the same grace, not another one. */
    private CompletionStage<?> close(AbortEvent event) {
        this.calls.close();
        long grace = Math.max(0, Math.min(grace(event), this.graceEnds - this.time.nanoTime()));
        CompletableFuture<Void> idle = settled(event, grace);
        // Some of them may be those that have not ended in all the time before.
        at(grace + LAST_WORDS, idle, () -> idle.completeExceptionally(new TimeoutException("Calls do not end")));
        return idle;
    }

    private static long grace(AbortEvent event) {
        long left = Nanos.of(event.remaining());
        return left - Math.min(left / 4, LAST_WORDS);
    }

    private CompletableFuture<Void> settled(AbortEvent event, long grace) {
        CompletableFuture<Void> idle = this.calls.idle();
        at(grace, idle, () -> abortAll(event.reason()));
        event.hard().onAbort(reason -> abortAll(event.reason()));
        return idle;
    }

    private void at(long nanos, CompletableFuture<?> unless, Runnable task) {
        if (!unless.isDone()) {
            TimeSource.Timer timer = this.time.schedule(nanos, task);
            unless.whenComplete((nothing, failure) -> timer.cancel());
        }
    }

    /** Each on a thread of its own: one whose caller does not come back must not keep the others waiting. */
    private void abortAll(AbortReason reason) {
        this.calls.close();
        this.calls.forEach(work -> {
            if (!work.ofGroup()) {
                Workers.shared().execute(() -> work.abort(reason));
            }
        });
    }

    private @Nullable String words() {
        InFlight.Tally counted = this.tally;
        if (counted == null || counted.total() == 0) {
            return null;
        }
        return counted.total() + " in flight: " + counted.ended() + " ended, " + counted.aborted() + " aborted";
    }

    /** Refuses new calls, and waits for those in flight. */
    CompletableFuture<Void> pause() {
        this.paused = true;
        return this.controller.drainAsync();
    }

    /** Takes new calls again, unless it was somebody else who refused them. */
    public void resume() {
        if (this.paused) {
            this.paused = false;
            this.controller.reopen();
        }
    }

    /** Every call that waits listens to it. */
    private static final class Stopping extends AbortSource {

        @Override
        protected int manyListeners() {
            return Integer.MAX_VALUE;
        }
    }
}
