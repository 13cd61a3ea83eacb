package dev.settle.plan;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which methods a proxy can stand in front of, or else the woven aspect around.
 *
 * @param woven which methods are woven; null when weaving is not asked for
 */
record AdvisableMethods(@Nullable Predicate<Method> woven) {

    void check(String place, Method method) {
        int modifiers = method.getModifiers();
        if (Modifier.isStatic(modifiers)) {
            throw unreachable(place, "static");
        }
        if (Modifier.isPrivate(modifiers)) {
            checkWoven(place, method, "private");
        } else if (Modifier.isFinal(modifiers)) {
            checkWoven(place, method, "final");
        }
    }

    private void checkWoven(String place, Method method, String what) {
        if (this.woven == null) {
            throw unreachable(place, what);
        }
        if (!this.woven.test(method)) {
            throw notWoven(place, what);
        }
    }

    private static InvalidPlanException unreachable(String place, String what) {
        return new InvalidPlanException(
                place,
                "the method is " + what + ", so no proxy can stand in front of it and its policies would never apply",
                "Make the method non-" + what
                        + " and at least package-private, or move the annotation to the method that"
                        + " other beans call."
                        + (what.equals("final") ? " In Kotlin: open, or the compiler plugin kotlin-spring." : ""),
                null);
    }

    private static InvalidPlanException notWoven(String place, String what) {
        return new InvalidPlanException(
                place,
                "the method is " + what + ", which only weaving can reach, and it is not woven",
                "Start the JVM with -javaagent:aspectjweaver.jar, and see that no aop.xml excludes the class (suspending"
                        + " functions are never woven); or make the method non-" + what + ".",
                null);
    }
}
