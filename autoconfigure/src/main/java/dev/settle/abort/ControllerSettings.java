package dev.settle.abort;

import dev.settle.time.TimeSource;
import java.util.Map;
import java.util.concurrent.Executor;

/** What a controller was built with; limits in nanoseconds. */
record ControllerSettings(
        TimeSource time,
        Executor executor,
        long phaseLimit,
        Map<Integer, Long> phaseLimits,
        long closeLimit,
        AbortListener listener) {

    long phaseLimit(int phase) {
        return this.phaseLimits.getOrDefault(phase, this.phaseLimit);
    }
}
