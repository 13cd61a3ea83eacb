package dev.settle.core;

import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Set;

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
     * What an attribute is called in {@code application.yml}, in the same spelling; empty: it cannot be set there. All
     * others but the name may be.
     */
    default String property(String attribute) {
        return attribute;
    }

    /**
     * The attributes of an annotation, all that have no default among them, that this binding reads when only {@code application.yml} asks for it, beside another
     * annotation of the type on the same method; empty: the annotation alone decides.
     *
     * @see #askedForBy()
     */
    default Map<String, ?> implied() {
        return Map.of();
    }

    /** The attribute that asks for the policy when it is set for the method's name, where there is something implied. */
    default String askedForBy() {
        return "value";
    }

    /** The attributes that cannot change while the application runs. */
    default Set<String> fixed() {
        return Set.of("key", "maxKeys", "scope");
    }

    /**
     * Makes the step, once for a method; a {@link TunableStep} of these settings if they may change later.
     *
     * @throws InvalidSettingException when the settings are not for such a method
     */
    Step create(S settings, PolicyContext context);
}
