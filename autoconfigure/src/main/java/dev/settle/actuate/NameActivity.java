package dev.settle.actuate;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.actuate.ConcurrencyReport.Live;
import dev.settle.core.CallObserver.ObservedAttempt;
import dev.settle.core.CallObserver.ObservedCall;
import dev.settle.core.CallOutcome;
import dev.settle.time.TimeSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the calls of one name are doing. */
final class NameActivity {

    private static final String WAITING = "WAITING_";

    private final LongAdder inFlight = new LongAdder();
    private final LongAdder running = new LongAdder();
    private final Map<CallPhase, LongAdder> phases = new EnumMap<>(CallPhase.class);
    private final Map<CallOutcome, LongAdder> outcomes = new EnumMap<>(CallOutcome.class);
    private final Rejections rejections;

    NameActivity(TimeSource time) {
        this.rejections = new Rejections(time);
        for (CallPhase phase : CallPhase.values()) {
            this.phases.put(phase, new LongAdder());
        }
        for (CallOutcome outcome : CallOutcome.values()) {
            this.outcomes.put(outcome, new LongAdder());
        }
    }

    ObservedCall begin() {
        this.inFlight.increment();
        return new Seen();
    }

    void rejected(CallRejectedException refusal) {
        this.rejections.add(refusal);
    }

    /** What is counted while the report is made may be in one number, and not yet in another. */
    Live report(Collection<String> policies) {
        Map<String, Long> waiting = new LinkedHashMap<>();
        this.phases.forEach((phase, count) -> {
            String policy = phase.name().replace(WAITING, "").toLowerCase(Locale.ROOT);
            if (policies.contains(policy)) {
                waiting.put(policy, count(count));
            }
        });
        Map<String, Long> totals = new LinkedHashMap<>();
        this.outcomes.forEach((outcome, count) -> totals.put(outcome.word(), count(count)));
        return new Live(count(this.inFlight), count(this.running), waiting, totals, this.rejections.last());
    }

    /** A sum that is read while others count may have an end without its beginning. */
    private static long count(LongAdder adder) {
        return Math.max(0, adder.sum());
    }

    private static <E extends Enum<E>> void add(Map<E, LongAdder> adders, E which, long by) {
        LongAdder adder = adders.get(which);
        if (adder != null) {
            adder.add(by);
        }
    }

    /** One call. It is told of one phase after another, so the last one needs no lock. */
    private final class Seen implements ObservedCall {

        private @Nullable CallPhase last;

        @Override
        public void phase(CallPhase before, CallPhase now) {
            leave();
            add(NameActivity.this.phases, now, 1);
            this.last = now;
        }

        private void leave() {
            if (this.last != null) {
                add(NameActivity.this.phases, this.last, -1);
            }
        }

        @Override
        public ObservedAttempt attempt() {
            NameActivity.this.running.increment();
            return failure -> NameActivity.this.running.decrement();
        }

        @Override
        public void end(@Nullable Throwable failure) {
            leave();
            NameActivity.this.inFlight.decrement();
            add(NameActivity.this.outcomes, CallOutcome.of(failure), 1);
        }
    }
}
