package dev.settle.metrics;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.core.CallOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
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

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<CallOutcome, Timer> calls = new EnumMap<>(CallOutcome.class);
    private final Counter succeeded;
    private final Counter failed;
    private final Counter late;
    private final LongAdder attempts = new LongAdder();
    private final Map<CallPhase, LongAdder> waiting = new EnumMap<>(CallPhase.class);
    private final Map<CallPhase, Timer> waits = new ConcurrentHashMap<>();
    private final Map<String, Set<CallPhase>> inside = new ConcurrentHashMap<>();
    private final Map<Refusal, Counter> refusals = new ConcurrentHashMap<>();
    private final Map<Enum<?>, Counter> events = new ConcurrentHashMap<>();

    private record Refusal(String policy, Reason reason) {}

    MethodMeters(MeterRegistry registry, String name) {
        this.registry = registry;
        this.tags = Tags.of(SettleMeters.NAME, name);
        for (CallOutcome outcome : CallOutcome.values()) {
            this.calls.put(outcome, timer(SettleMeters.CALLS, SettleMeters.OUTCOME, outcome.word()));
        }
        for (CallPhase phase : CallPhase.values()) {
            this.waiting.put(phase, new LongAdder());
        }
        this.succeeded = counter(SettleMeters.ATTEMPTS, SettleMeters.OUTCOME, CallOutcome.SUCCESS.word());
        this.failed = counter(SettleMeters.ATTEMPTS, SettleMeters.OUTCOME, CallOutcome.FAILURE.word());
        this.late = counter(SettleMeters.LATE);
        refusal(new Refusal(SettleMeters.SHUTDOWN, Reason.CLOSED));
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
            Gauge.builder(SettleMeters.RUNNING, this, meters -> meters.running(policy))
                    .tags(this.tags.and(SettleMeters.POLICY, policy))
                    .strongReference(true)
                    .register(this.registry);
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
        Gauge.builder(SettleMeters.WAITING, this, meters -> meters.waiting(phase))
                .tags(this.tags.and(SettleMeters.POLICY, policy))
                .strongReference(true)
                .register(this.registry);
        this.waits.put(phase, timer(SettleMeters.WAIT, SettleMeters.POLICY, policy));
        for (Reason reason : Reason.values()) {
            if (expected(phase, reason)) {
                refusal(new Refusal(policy, reason));
            }
        }
    }

    /** What can only come from elsewhere has its counter when it comes. */
    private static boolean expected(CallPhase phase, Reason reason) {
        return phase != CallPhase.WAITING_RETRY
                && switch (reason) {
                    case QUEUE_FULL, WAIT_EXCEEDED -> phase != CallPhase.WAITING_DEBOUNCE;
                    case RATE -> phase == CallPhase.WAITING_THROTTLE;
                    case CONFLICT -> phase == CallPhase.WAITING_EXCLUSIVE;
                    case CLOSED, KEYS -> true;
                    case ENGINE -> false;
                };
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
        refusal(new Refusal(refused.policy(), refused.reason())).increment();
    }

    void happened(Enum<?> type, Object detail) {
        Counter counter = this.events.get(PolicyEvents.key(type, detail));
        if (counter != null) {
            counter.increment(PolicyEvents.times(type, detail));
        }
    }

    private Counter refusal(Refusal refusal) {
        Counter known = this.refusals.get(refusal);
        return (known != null)
                ? known
                : this.refusals.computeIfAbsent(
                        refusal,
                        key -> counter(
                                SettleMeters.REJECTIONS,
                                SettleMeters.POLICY,
                                key.policy(),
                                SettleMeters.REASON,
                                word(key.reason())));
    }

    private void event(Enum<?> type, PolicyEvents.Meter meter) {
        this.events.computeIfAbsent(type, key -> counter(meter.name(), meter.tags()));
    }

    private Counter counter(String name, String... more) {
        return counter(name, Tags.of(more));
    }

    private Counter counter(String name, Tags more) {
        return this.registry.counter(name, this.tags.and(more));
    }

    private Timer timer(String name, String... more) {
        return this.registry.timer(name, this.tags.and(more));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
