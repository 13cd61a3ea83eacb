package dev.settle.metrics;

import dev.settle.CallPhase;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which phase of a call is the wait for which policy. */
final class WaitPhases {

    private static final Map<String, CallPhase> BY_POLICY = Arrays.stream(CallPhase.values())
            .filter(phase -> phase != CallPhase.RUNNING)
            .collect(Collectors.toUnmodifiableMap(CallPhase::word, Function.identity()));

    private WaitPhases() {}

    /** Null for a policy that makes nobody wait. */
    static @Nullable CallPhase of(String policy) {
        return BY_POLICY.get(policy);
    }
}
