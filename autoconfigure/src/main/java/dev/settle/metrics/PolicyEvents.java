package dev.settle.metrics;

import dev.settle.annotation.Timeout;
import dev.settle.core.FutureEvent;
import dev.settle.policy.debounce.DebounceEvent;
import dev.settle.policy.exclusive.ExclusiveEvent;
import dev.settle.policy.retry.RetryEvent;
import dev.settle.policy.throttle.ThrottleEvent;
import dev.settle.policy.timeout.TimeoutEvent;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;

/** Which events are counted, and how often each counts. */
final class PolicyEvents {

    private static final Map<Enum<?>, Meter> ALWAYS =
            Map.of(FutureEvent.UNOBSERVED, new Meter(SettleMeters.UNOBSERVED));

    private static final Map<String, Map<Enum<?>, Meter>> BY_POLICY = Map.of(
            "retry", each(SettleMeters.RETRIES, SettleMeters.RESULT, RetryEvent.values()),
            "timeout", each(SettleMeters.TIMEOUTS, SettleMeters.SCOPE, Timeout.Scope.values()),
            "debounce", Map.of(DebounceEvent.COALESCED, new Meter(SettleMeters.COALESCED)),
            "throttle", Map.of(ThrottleEvent.SHARED, new Meter(SettleMeters.SHARED)),
            "exclusive",
                    Map.of(
                            ExclusiveEvent.JOINED, new Meter(SettleMeters.JOINED),
                            ExclusiveEvent.REPLACED, new Meter(SettleMeters.REPLACED)));

    private PolicyEvents() {}

    /** A counter, and its tags but for the name of the method. */
    record Meter(String name, Tags tags) {

        Meter(String name) {
            this(name, Tags.empty());
        }
    }

    private static Map<Enum<?>, Meter> each(String meter, String tag, Enum<?>[] values) {
        Map<Enum<?>, Meter> meters = new HashMap<>();
        for (Enum<?> value : values) {
            meters.put(value, new Meter(meter, Tags.of(tag, MethodMeters.word(value))));
        }
        return meters;
    }

    /** What may happen to any call. */
    static Map<Enum<?>, Meter> always() {
        return ALWAYS;
    }

    /** What a policy may tell of. */
    static Map<Enum<?>, Meter> of(String policy) {
        return BY_POLICY.getOrDefault(policy, Map.of());
    }

    /** What an event is counted under: for a timeout its scope. */
    static Enum<?> key(Enum<?> type, Object detail) {
        return (detail instanceof TimeoutEvent.TimedOut timedOut) ? timedOut.scope() : type;
    }

    /** How often an event counts: one that replaces several calls, for each of them. */
    static double times(Enum<?> type, Object detail) {
        return (type == ExclusiveEvent.REPLACED && detail instanceof Integer calls) ? calls : 1;
    }
}
