package dev.settle.policy.debounce;

import static dev.settle.core.InvalidSettingException.check;

import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.annotation.Debounce.Running;
import dev.settle.annotation.Debounce.Superseded;
import dev.settle.core.KeySettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a debounce.
 *
 * @param value the quiet period
 * @param maxWait the longest time that a steady stream may postpone the run, or null
 * @param leading whether the first call of a burst runs at once
 * @param trailing whether the burst runs at its end
 * @param superseded what callers get whose arguments are not used
 * @param running what a run does that is due while the one before is still going on
 * @param onShutdown what happens at shutdown to what is pending
 * @param keys what there is a window for
 */
public record DebounceSettings(
        Duration value,
        @Nullable Duration maxWait,
        boolean leading,
        boolean trailing,
        Superseded superseded,
        Running running,
        OnShutdown onShutdown,
        KeySettings keys) {

    /** Checks the settings. */
    public DebounceSettings {
        check(!value.isNegative(), "value", value + " is negative", "use a duration such as \"300ms\"");
        check(
                maxWait == null || maxWait.compareTo(value) >= 0,
                "maxWait",
                maxWait + " is shorter than the quiet period of " + value,
                "use a longer maxWait or a shorter quiet period");
        check(
                leading || trailing,
                "trailing",
                "neither the leading nor the trailing edge runs, so nothing ever would",
                "switch one of them on");
    }
}
