package dev.settle.lifecycle;

import dev.settle.abort.AbortEvent;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.InFlight;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private static final Duration LAST_WORDS = Duration.ofMillis(250);

    private final AsyncAbortController controller;
    private final InFlight calls;
    private final TimeSource time;
    private final AbortSource stopping = new AbortSource();
    private volatile InFlight.@Nullable Tally tally;

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
        this.stopping.abort(reason);
    }

    private synchronized boolean begun() {
        return this.tally != null;
    }

    private CompletionStage<?> drain(AbortEvent event) {
        return settled(event).thenApply(nothing -> words());
    }

    private CompletionStage<?> close(AbortEvent event) {
        this.calls.close();
        return settled(event).thenApply(nothing -> null);
    }

    private CompletableFuture<Void> settled(AbortEvent event) {
        CompletableFuture<Void> idle = this.calls.idle();
        if (idle.isDone()) {
            return idle;
        }
        Duration left = event.remaining();
        Duration tenth = left.dividedBy(10);
        Duration margin = (tenth.compareTo(LAST_WORDS) < 0) ? tenth : LAST_WORDS;
        TimeSource.Timer timer =
                this.time.schedule(left.minus(margin).toNanos(), () -> abortAll(event.reason()));
        event.hard().onAbort(reason -> abortAll(event.reason()));
        idle.whenComplete((nothing, failure) -> timer.cancel());
        return idle;
    }

    private void abortAll(AbortReason reason) {
        this.calls.close();
        this.calls.forEach(work -> work.abort(reason));
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
        return this.controller.drainAsync();
    }

    void resume() {
        this.controller.reopen();
    }
}
