package dev.settle.weaving;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Tells woven methods from others. */
final class WovenMethods {

    private WovenMethods() {}

    /** Whether an aspect stands around a method: then the method's own code has been moved to a twin beside it. */
    static boolean isWoven(Method method) {
        return Arrays.stream(method.getDeclaringClass().getDeclaredMethods()).anyMatch(other -> isTwin(other, method));
    }

    private static boolean isTwin(Method twin, Method method) {
        Class<?>[] own = method.getParameterTypes();
        Class<?>[] all = twin.getParameterTypes();
        return Modifier.isStatic(twin.getModifiers())
                && Pattern.matches(Pattern.quote(method.getName()) + "_aroundBody\\d+", twin.getName())
                && all.length > own.length
                && all[0] == method.getDeclaringClass()
                && Arrays.equals(own, Arrays.copyOfRange(all, 1, own.length + 1));
    }
}
