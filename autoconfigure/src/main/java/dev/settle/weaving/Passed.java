package dev.settle.weaving;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The execution that this thread is about to begin and that has passed its policies: the aspect takes it and lets the
 * execution through. Calls made by it find nothing, and run their own plans.
 */
record Passed(Object target, Method method) {

    private static final ThreadLocal<@Nullable Passed> NEXT = new ThreadLocal<>();

    /** Something that runs a method. */
    @FunctionalInterface
    interface Execution {

        @Nullable
        Object run() throws Throwable;
    }

    /** Whether this execution has passed; it can be asked only once. */
    static boolean take(Object target, Method method) {
        Passed next = NEXT.get();
        if (next == null || next.target != target || !next.method.equals(method)) {
            return false;
        }
        NEXT.remove();
        return true;
    }

    /** Runs what leads to the execution on this thread, and leaves nothing there, whether it was taken or not. */
    static @Nullable Object announce(Object target, Method method, Execution execution) throws Throwable {
        Passed outer = NEXT.get();
        NEXT.set(new Passed(target, method));
        try {
            return execution.run();
        } finally {
            if (outer == null) {
                NEXT.remove();
            } else {
                NEXT.set(outer);
            }
        }
    }
}
