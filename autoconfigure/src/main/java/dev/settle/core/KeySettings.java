package dev.settle.core;

import org.jspecify.annotations.Nullable;

/**
 * What a policy has a state for: each key, or the method.
 *
 * @param key reads the key of a call; null: the method has one state
 * @param maxKeys how many keys may be in use at the same time
 */
public record KeySettings(@Nullable CallKey key, int maxKeys) {

    /** One state. */
    public static final KeySettings NONE = new KeySettings(null, 1);

    /** Checks the settings. */
    public KeySettings {
        InvalidSettingException.check(maxKeys >= 1, "maxKeys", maxKeys + " would refuse every call", "use at least 1");
    }

    /** Reads the settings of a policy. */
    public static KeySettings of(Attributes attributes) {
        return new KeySettings(attributes.key("key"), attributes.number("maxKeys"));
    }
}
