package dev.settle.lifecycle;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.Budget;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** One shutdown of one context: when it began, what is still to come, and how much time each phase gets. */
final class ShutdownDriver {

    private final AsyncAbortController controller;
    private final CallDrain drain;
    private final ShutdownLog log;
    private final ShutdownSettings settings;
    private final TimeSource time;
    private final @Nullable DefaultLifecycleProcessor processor;
    private final boolean intake;
    private final NavigableSet<Integer> phases;
    private final AbortReason reason = AbortReason.shutdown("The application is shutting down");
    private final long startedAt;
    private @Nullable CompletableFuture<Void> delayed;

    /**
     * Creates the driver of a shutdown that begins now.
     *
     * @param phases the phases that have a sweeper
     * @param intake whether other beans still take in work
     */
    ShutdownDriver(
            AsyncAbortController controller,
            CallDrain drain,
            ShutdownLog log,
            ShutdownSettings settings,
            TimeSource time,
            @Nullable DefaultLifecycleProcessor processor,
            NavigableSet<Integer> phases,
            boolean intake) {
        this.controller = controller;
        this.drain = drain;
        this.log = log;
        this.settings = settings;
        this.time = time;
        this.processor = processor;
        this.phases = phases;
        this.intake = intake;
        this.startedAt = time.nanoTime();
    }

    /** Tells everybody; the application may still serve for a while. */
    void begin() {
        this.controller.requestShutdown(this.reason);
        if (this.settings.delay().isZero()) {
            this.drain.begin(this.reason, !this.intake);
        }
    }

    /** Settles everything down to a phase, after the delay. */
    CompletableFuture<?> settle(int phase) {
        Duration limit = budget(phase);
        if (phase == Integer.MAX_VALUE && !this.settings.delay().isZero()) {
            return delay().thenCompose(nothing -> sweep(phase, limit));
        }
        return sweep(phase, limit);
    }

    private CompletableFuture<?> sweep(int phase, Duration limit) {
        return this.controller
                .settleDownTo(phase, this.reason, limit)
                .whenComplete((report, failure) -> {
                    this.log.phasesSettled();
                    if (phase == Integer.MIN_VALUE) {
                        this.log.summary(this.controller.report());
                    }
                });
    }

    /** Readiness is down, and the web server still serves, until the delay is over. */
    private synchronized CompletableFuture<Void> delay() {
        if (this.delayed == null) {
            CompletableFuture<Void> over = new CompletableFuture<>();
            this.log.delaying(this.settings.delay());
            this.time.schedule(Nanos.of(this.settings.delay()), () -> {
                this.drain.begin(this.reason, !this.intake);
                over.complete(null);
            });
            this.delayed = over;
        }
        return this.delayed;
    }

    /**
     * The limit of a phase. Spring asks its processor for the timeout of a phase when it begins to wait for it, so what is
     * set here holds from this phase on.
     */
    private Duration budget(int phase) {
        Duration limit = this.settings.limit(phase);
        Duration springs = this.settings.springTimeout(phase);
        if (phase == Integer.MAX_VALUE) {
            springs = springs.plus(this.settings.delay());
        }
        Duration total = this.settings.totalTimeout();
        if (total != null) {
            long left = Nanos.of(total) - (this.time.nanoTime() - this.startedAt);
            int later = this.phases.headSet(phase, false).size();
            long share = Math.max(1_000_000, left - Budget.reserve(Math.max(0, left), Nanos.of(total), later));
            springs = shorter(springs, Duration.ofNanos(share));
            limit = shorter(limit, ShutdownSettings.lessMargin(Duration.ofNanos(share)));
        }
        if (this.processor != null) {
            this.processor.setTimeoutPerShutdownPhase(Math.max(1, springs.toMillis()));
        }
        return limit;
    }

    private static Duration shorter(Duration one, Duration other) {
        return (one.compareTo(other) <= 0) ? one : other;
    }
}
