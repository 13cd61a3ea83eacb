package dev.settle.policy.timeout;

import dev.settle.annotation.Timeout;
import dev.settle.core.StepPolicy;
import dev.settle.time.TimeSource;
import java.time.Duration;

/** Gives up after a while, aborts the work's signal and cancels its future. */
public final class TimeoutPolicy extends StepPolicy {

    private TimeoutPolicy(TimeoutSettings settings, TimeSource time) {
        super(new TimeoutStep(settings, time));
    }

    /** A timeout that cancels the work. */
    public static TimeoutPolicy of(Duration limit) {
        return of(limit, true, TimeSource.system());
    }

    /**
     * A timeout.
     *
     * @param limit the limit; positive
     * @param cancel whether the work's future is cancelled, or the work only told by its signal
     * @param time the clock and timers
     */
    public static TimeoutPolicy of(Duration limit, boolean cancel, TimeSource time) {
        return new TimeoutPolicy(new TimeoutSettings(limit, Timeout.Scope.ATTEMPT, cancel), time);
    }
}
