package dev.settle.policy.throttle;

import static dev.settle.core.InvalidSettingException.check;

import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.core.ClusterLimit;
import dev.settle.core.KeySettings;
import dev.settle.core.WaitBounds;
import dev.settle.time.Nanos;
import java.time.Duration;

/**
 * Settings of a throttle.
 *
 * @param limit how many calls may start in a window
 * @param window the window
 * @param type how starts are counted
 * @param burst how many may start together after a pause, for {@code SMOOTH}
 * @param excess what becomes of the calls beyond the limit
 * @param bounds the bounds of the line
 * @param keys what there is a limit for
 * @param scope who counts together
 */
public record ThrottleSettings(
        int limit,
        Duration window,
        Throttle.Type type,
        int burst,
        Throttle.Excess excess,
        WaitBounds bounds,
        KeySettings keys,
        Scope scope) {

    /** Checks the settings. */
    public ThrottleSettings {
        check(limit >= 1, "limit", limit + " would let no call start", "use at least 1");
        check(
                !window.isZero() && !window.isNegative(),
                "window",
                "a window of " + window + " limits nothing",
                "use a positive duration such as \"1s\"");
        check(burst >= 1, "burst", burst + " would let no call start", "use at least 1");
        check(
                type == Throttle.Type.SMOOTH || burst == 1,
                "burst",
                "a burst of " + burst + " has no meaning for SLIDING, which lets the whole limit start together",
                "use type = SMOOTH, or leave the burst away");
        check(
                scope == Scope.LOCAL || type == Throttle.Type.SLIDING,
                "type",
                "SMOOTH counts in one instance only",
                "use SLIDING with scope = CLUSTER");
        check(
                scope == Scope.LOCAL || excess != Throttle.Excess.SHARE,
                "excess",
                "a run can be SHAREd in one instance only",
                "use WAIT or REJECT with scope = CLUSTER");
    }

    /** What holds for all instances. */
    ClusterLimit inCluster() {
        return (this.excess == Throttle.Excess.REJECT)
                ? ClusterLimit.rate(ThrottleStep.POLICY, this.limit, this.window, this.keys)
                : ClusterLimit.rate(ThrottleStep.POLICY, this.limit, this.window, this.bounds, this.keys);
    }

    Pace pace() {
        long nanos = Nanos.of(this.window);
        return (this.type == Throttle.Type.SLIDING)
                ? new SlidingPace(this.limit, nanos)
                : new SmoothPace(this.limit, nanos, this.burst);
    }
}
