package dev.settle.core;

import java.lang.annotation.Annotation;

/**
 * The door of a policy's package: how its annotation becomes settings, and settings a step.
 *
 * @param <S> the settings
 */
public interface PolicyBinding<S> {

    /** The policy as it is called in {@code application.yml}. */
    String policy();

    /** The annotation. */
    Class<? extends Annotation> annotation();

    /** Whether this binding is for an annotation with these attributes; one annotation may have several places. */
    default boolean accepts(Attributes attributes) {
        return true;
    }

    /**
     * Reads the settings.
     *
     * @throws InvalidSettingException when they cannot be
     */
    S settings(Attributes attributes);

    /**
     * Whether the policy may run calls long after they were made: then a {@code void} method returns at once, and shutdown
     * leaves it to the policy, in the phase of the bean, what becomes of them.
     */
    default boolean deferred() {
        return false;
    }

    /** Whether the policy may run the method once for several callers. */
    default boolean shares(S settings) {
        return false;
    }

    /**
     * Makes the step, once for a method.
     *
     * @throws InvalidSettingException when the settings are not for such a method
     */
    Step create(S settings, PolicyContext context);
}
