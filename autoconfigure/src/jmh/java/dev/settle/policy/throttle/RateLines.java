package dev.settle.policy.throttle;

import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.core.KeySettings;
import dev.settle.core.WaitBounds;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** For the benchmarks: what {@code @Throttle} asks whether a call may start, without the call. */
public final class RateLines {

    private RateLines() {}

    /** No window holds more starts than the limit. */
    public static BooleanSupplier sliding(int limit, Duration window) {
        return line(limit, window, Throttle.Type.SLIDING, 1);
    }

    /** Evenly spaced, with a burst on top. */
    public static BooleanSupplier smooth(int limit, Duration window, int burst) {
        return line(limit, window, Throttle.Type.SMOOTH, burst);
    }

    private static BooleanSupplier line(int limit, Duration window, Throttle.Type type, int burst) {
        ThrottleSettings settings = new ThrottleSettings(
                limit, window, type, burst, Throttle.Excess.REJECT, WaitBounds.DEFAULT, KeySettings.NONE, Scope.LOCAL);
        RateLine line = new RateLine(settings, settings.pace(), TimeSource.system());
        return line::tryStart;
    }
}
