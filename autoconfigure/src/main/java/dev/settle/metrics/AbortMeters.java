package dev.settle.metrics;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortListener;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortReport.Outcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Measures how aborts go. */
public final class AbortMeters implements AbortListener {

    private volatile @Nullable MeterRegistry registry;

    /**
     * Begins to measure.
     *
     * @param phases those that have their meters from now on; others when there is something to measure
     * @param listeners how many listen to long-lived signals
     */
    public void bindTo(MeterRegistry registry, Set<Integer> phases, LongSupplier listeners) {
        Gauge.builder(SettleMeters.SIGNAL_LISTENERS, listeners, LongSupplier::getAsLong)
                .strongReference(true)
                .register(registry);
        for (int phase : phases) {
            for (Outcome outcome : Outcome.values()) {
                if (outcome != Outcome.PENDING) {
                    timer(registry, phase, outcome);
                }
            }
        }
        this.registry = registry;
    }

    @Override
    public void entrySettled(AbortGroup group, AbortReport.Entry entry) {
        MeterRegistry bound = this.registry;
        if (bound != null) {
            timer(bound, group.phase(), entry.outcome()).record(entry.elapsed());
        }
    }

    private static Timer timer(MeterRegistry registry, int phase, Outcome outcome) {
        return registry.timer(
                SettleMeters.ABORT,
                SettleMeters.PHASE,
                String.valueOf(phase),
                SettleMeters.OUTCOME,
                MethodMeters.word(outcome));
    }
}
