package dev.settle.policy.timeout;

import dev.settle.annotation.Timeout;
import dev.settle.core.InvalidSettingException;
import java.time.Duration;

/**
 * Settings of a timeout.
 *
 * @param value the limit; positive
 * @param scope what the limit is for
 * @param cancel whether the work is cancelled or only told
 */
public record TimeoutSettings(Duration value, Timeout.Scope scope, boolean cancel) {

    /** Checks the settings. */
    public TimeoutSettings {
        InvalidSettingException.check(
                !value.isZero() && !value.isNegative(),
                "value",
                "a timeout of " + value + " would let no call succeed",
                "use a positive duration such as \"2s\"");
    }
}
