package dev.settle.metrics;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortListener;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.core.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Measures how aborts go. What a registry, or a filter of the application's, throws costs these meters, and no start. */
public class AbortMeters implements AbortListener {

    private volatile @Nullable MeterMaker maker;

    /**
     * Begins to measure.
     *
     * @param phases those that have their meters from now on; others when there is something to measure
     * @param listeners how many listen to long-lived signals
     */
    public void bindTo(MeterRegistry registry, Set<Integer> phases, LongSupplier listeners) {
        MeterMaker made = new MeterMaker(registry, Tags.empty());
        try {
            made.gauge(SettleMeters.SIGNAL_LISTENERS, Tags.empty(), listeners::getAsLong);
            phases.forEach(phase -> timers(made, phase));
            this.maker = made;
        } catch (RuntimeException ex) {
            Failures.log(AbortMeters.class, "The meters of aborts cannot be made", ex);
        }
    }

    private static void timers(MeterMaker maker, int phase) {
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.PENDING) {
                timer(maker, phase, outcome);
            }
        }
    }

    @Override
    public void entrySettled(AbortGroup group, AbortReport.Entry entry) {
        MeterMaker bound = this.maker;
        if (bound != null) {
            timer(bound, group.phase(), entry.outcome()).record(entry.elapsed());
        }
    }

    private static Timer timer(MeterMaker maker, int phase, Outcome outcome) {
        return maker.timer(
                SettleMeters.ABORT,
                Tags.of(SettleMeters.PHASE, String.valueOf(phase), SettleMeters.OUTCOME, MethodMeters.word(outcome)));
    }
}
