package dev.settle.metrics;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.core.CallOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The meters of all methods that share a name. Made once, and found without a lock. */
final class MethodMeters {

    private final MeterMaker maker;
    private final Map<CallOutcome, Timer> calls = new EnumMap<>(CallOutcome.class);
    private final Counter succeeded;
    private final Counter failed;
    private final Counter late;
    private final LongAdder attempts = new LongAdder();
    private final Map<CallPhase, LongAdder> waiting = new EnumMap<>(CallPhase.class);
    private final Map<CallPhase, Timer> waits = new ConcurrentHashMap<>();
    private final Map<String, Set<CallPhase>> inside = new ConcurrentHashMap<>();
    private final RefusalMeters refusals;
    private final Map<Enum<?>, Counter> events = new ConcurrentHashMap<>();

    MethodMeters(MeterRegistry registry, String name) {
        this.maker = new MeterMaker(registry, Tags.of(SettleMeters.NAME, name));
        for (CallOutcome outcome : CallOutcome.values()) {
            this.calls.put(outcome, this.maker.timer(SettleMeters.CALLS, outcome(outcome)));
        }
        for (CallPhase phase : CallPhase.values()) {
            this.waiting.put(phase, new LongAdder());
        }
        this.succeeded = this.maker.counter(SettleMeters.ATTEMPTS, outcome(CallOutcome.SUCCESS));
        this.failed = this.maker.counter(SettleMeters.ATTEMPTS, outcome(CallOutcome.FAILURE));
        this.late = this.maker.counter(SettleMeters.LATE, Tags.empty());
        this.refusals = new RefusalMeters(this.maker);
        PolicyEvents.always().forEach(this::event);
    }

    /** Adds what the policies of one of the methods need, outermost first. */
    void add(List<String> policies) {
        Set<CallPhase> within = EnumSet.noneOf(CallPhase.class);
        for (int i = policies.size() - 1; i >= 0; i--) {
            String policy = policies.get(i);
            running(policy, within);
            CallPhase phase = WaitPhases.of(policy);
            if (phase != null) {
                waiting(policy, phase);
                within.add(phase);
            }
            PolicyEvents.of(policy).forEach(this::event);
        }
    }

    private void running(String policy, Set<CallPhase> within) {
        boolean known = this.inside.containsKey(policy);
        this.inside.merge(policy, EnumSet.copyOf(within), MethodMeters::union);
        if (!known) {
            this.maker.gauge(SettleMeters.RUNNING, Tags.of(SettleMeters.POLICY, policy), () -> running(policy));
        }
    }

    private static Set<CallPhase> union(Set<CallPhase> one, Set<CallPhase> other) {
        Set<CallPhase> all = EnumSet.copyOf(one);
        all.addAll(other);
        return all;
    }

    private void waiting(String policy, CallPhase phase) {
        if (this.waits.containsKey(phase)) {
            return;
        }
        Tags tags = Tags.of(SettleMeters.POLICY, policy);
        this.maker.gauge(SettleMeters.WAITING, tags, () -> waiting(phase));
        this.waits.put(phase, this.maker.timer(SettleMeters.WAIT, tags));
        this.refusals.expect(policy, phase);
    }

    /** Counted one after another while they change: for a moment a sum of it may be wrong, but it is never negative. */
    private double waiting(CallPhase phase) {
        return Math.max(0, adder(phase).sum());
    }

    private double running(String policy) {
        double running = Math.max(0, this.attempts.sum());
        for (CallPhase phase : this.inside.getOrDefault(policy, Set.of())) {
            running += waiting(phase);
        }
        return running;
    }

    void waitBegins(CallPhase phase) {
        adder(phase).increment();
    }

    void waitEnds(CallPhase phase, long nanos) {
        adder(phase).decrement();
        Timer timer = this.waits.get(phase);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private LongAdder adder(CallPhase phase) {
        return Objects.requireNonNull(this.waiting.get(phase));
    }

    void attemptBegins() {
        this.attempts.increment();
    }

    void attemptEnds(boolean success, boolean givenUp) {
        this.attempts.decrement();
        (success ? this.succeeded : this.failed).increment();
        if (givenUp) {
            this.late.increment();
        }
    }

    void callEnds(CallOutcome outcome, long nanos) {
        Objects.requireNonNull(this.calls.get(outcome)).record(nanos, TimeUnit.NANOSECONDS);
    }

    void refused(CallRejectedException refused) {
        this.refusals.count(refused);
    }

    void happened(Enum<?> type, Object detail) {
        Counter counter = this.events.get(PolicyEvents.key(type, detail));
        if (counter != null) {
            counter.increment(PolicyEvents.times(type, detail));
        }
    }

    private void event(Enum<?> type, PolicyEvents.Meter meter) {
        this.events.computeIfAbsent(type, key -> this.maker.counter(meter.name(), meter.tags()));
    }

    private static Tags outcome(CallOutcome outcome) {
        return Tags.of(SettleMeters.OUTCOME, outcome.word());
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
