package dev.settle.policy.fallback;

import dev.settle.core.InvalidSettingException;

/**
 * Settings of a fallback.
 *
 * @param value what callers get instead of a failure
 */
public record FallbackSettings(String value) {

    /** Checks the settings. */
    public FallbackSettings {
        InvalidSettingException.check(!value.isEmpty(), "value", "it is empty", "say what callers get");
    }
}
