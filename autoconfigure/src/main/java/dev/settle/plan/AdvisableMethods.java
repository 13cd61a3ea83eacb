package dev.settle.plan;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** Which methods a proxy can stand in front of. */
final class AdvisableMethods {

    private AdvisableMethods() {}

    static void check(String place, Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isStatic(modifiers)) {
            throw refuse(place, "static");
        }
        if (Modifier.isPrivate(modifiers)) {
            throw refuse(place, "private");
        }
        if (Modifier.isFinal(modifiers)) {
            throw refuse(place, "final");
        }
    }

    private static InvalidPlanException refuse(String place, String what) {
        return new InvalidPlanException(
                place,
                "the method is " + what + ", so no proxy can stand in front of it and its policies would never apply",
                "Make the method non-" + what
                        + " and at least package-private, or move the annotation to the method that"
                        + " other beans call.",
                null);
    }
}
