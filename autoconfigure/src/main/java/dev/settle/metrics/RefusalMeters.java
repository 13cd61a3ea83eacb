package dev.settle.metrics;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts refusals by policy and reason. */
final class RefusalMeters {

    private final MeterMaker maker;
    private final Map<Refusal, Counter> counters = new ConcurrentHashMap<>();

    private record Refusal(String policy, Reason reason) {}

    RefusalMeters(MeterMaker maker) {
        this.maker = maker;
        counter(SettleMeters.SHUTDOWN, Reason.CLOSED);
    }

    /** Makes the counters of a policy that makes calls wait in the phase. */
    void expect(String policy, CallPhase phase) {
        for (Reason reason : Reason.values()) {
            if (expected(phase, reason)) {
                counter(policy, reason);
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

    void count(CallRejectedException refused) {
        counter(refused.policy(), refused.reason()).increment();
    }

    private Counter counter(String policy, Reason reason) {
        Refusal refusal = new Refusal(policy, reason);
        Counter known = this.counters.get(refusal);
        return (known != null) ? known : this.counters.computeIfAbsent(refusal, this::make);
    }

    private Counter make(Refusal refusal) {
        return this.maker.counter(
                SettleMeters.REJECTIONS,
                Tags.of(
                        SettleMeters.POLICY,
                        refusal.policy(),
                        SettleMeters.REASON,
                        MethodMeters.word(refusal.reason())));
    }
}
