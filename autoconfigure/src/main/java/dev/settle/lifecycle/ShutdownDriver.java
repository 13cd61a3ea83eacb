package dev.settle.lifecycle;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.Budget;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** One shutdown of one context: when it began, what is still to come, and how much time each phase gets. */
final class ShutdownDriver {

    private final AsyncAbortController controller;
    private final CallDrain drain;
    private final ShutdownLog log;
    private final ShutdownRecorder recorder;
    private final ShutdownSettings settings;
    private final TimeSource time;
    private final @Nullable DefaultLifecycleProcessor processor;
    private final Set<Integer> foreign;
    private final AbortReason reason = AbortReason.shutdown("The application is shutting down");
    private final long startedAt;
    private Duration springWaits;

    /** What the next step waits for. */
    private CompletableFuture<?> before = CompletableFuture.completedFuture(null);

    /**
     * Creates the driver of a shutdown that begins now.
     *
     * @param foreign the phases in which other beans stop
     */
    ShutdownDriver(
            AsyncAbortController controller,
            CallDrain drain,
            ShutdownLog log,
            ShutdownRecorder recorder,
            ShutdownSettings settings,
            TimeSource time,
            @Nullable DefaultLifecycleProcessor processor,
            Set<Integer> foreign) {
        this.controller = controller;
        this.drain = drain;
        this.log = log;
        this.recorder = recorder;
        this.settings = settings;
        this.time = time;
        this.processor = processor;
        this.foreign = foreign;
        this.startedAt = time.nanoTime();
        this.springWaits = settings.phaseTimeout();
    }

    /** Tells everybody; the application may still serve for a while. */
    void begin() {
        this.recorder.begin();
        this.controller.requestShutdown(this.reason);
        if (this.settings.delay().isZero()) {
            serveNoLonger();
        } else {
            this.log.delaying(this.settings.delay());
            CompletableFuture<Void> delayed = new CompletableFuture<>();
            this.time.schedule(Nanos.of(this.settings.delay()), () -> {
                serveNoLonger();
                delayed.complete(null);
            });
            this.before = delayed;
        }
    }

    /** The gate stays open for what beans that take in work, the web server above all, still have to answer. */
    private void serveNoLonger() {
        boolean intake = this.foreign.stream().anyMatch(phase -> phase >= AbortPhases.WEB_DRAIN);
        this.drain.begin(this.reason, !intake);
    }

    /**
     * Settles everything down to a phase, after the delay. Steps come one after another even when Spring does not wait for
     * them, as when the closing thread is interrupted: a phase's limit begins when the phase does.
     */
    synchronized CompletableFuture<?> settle(int phase) {
        letSpringWait(phase);
        this.before = this.before.thenCompose(nothing -> sweep(phase));
        return this.before;
    }

    private CompletableFuture<?> sweep(int phase) {
        return this.controller.settleDownTo(phase, this.reason, limit(phase)).whenComplete((report, failure) -> {
            this.log.phasesSettled();
            if (phase == Integer.MIN_VALUE) {
                this.log.summary(this.controller.report());
                this.recorder.end(this.controller::report);
            }
        });
    }

    private Duration limit(int phase) {
        Duration limit = this.settings.limit(phase);
        Duration total = this.settings.totalTimeout();
        return (total == null) ? limit : shorter(limit, ShutdownSettings.lessMargin(share(phase, total)));
    }

    /**
     * Spring asks its processor for the timeout of a phase when it begins to wait for it, so what is set here holds from
     * this phase on. Nothing is set that need not be: the processor may be the user's own.
     */
    private void letSpringWait(int phase) {
        Duration wanted = this.settings.springTimeout(phase);
        if (phase == Integer.MAX_VALUE) {
            wanted = wanted.plus(this.settings.delay());
        }
        Duration total = this.settings.totalTimeout();
        if (total != null) {
            wanted = shorter(wanted, share(phase, total));
        }
        if (this.processor != null && !wanted.equals(this.springWaits)) {
            this.processor.setTimeoutPerShutdownPhase(Math.max(1, wanted.toMillis()));
            this.springWaits = wanted;
        }
    }

    /** What a phase may take of the total: a hung one must not eat what the phases still to come need. */
    private Duration share(int phase, Duration total) {
        long left = Math.max(0, Nanos.of(total) - (this.time.nanoTime() - this.startedAt));
        NavigableSet<Integer> open = new TreeSet<>(this.foreign);
        open.addAll(this.controller.openPhases());
        int later = open.headSet(phase, false).size();
        return Duration.ofNanos(Math.max(1_000_000, left - Budget.reserve(left, Nanos.of(total), later)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return (one.compareTo(other) <= 0) ? one : other;
    }
}
