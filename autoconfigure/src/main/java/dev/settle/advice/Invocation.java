package dev.settle.advice;

import org.jspecify.annotations.Nullable;

/** An intercepted call of a method, which can be run several times. */
public interface Invocation {

    /** What the method is called on. */
    @Nullable
    Object target();

    /** What the method is called with. */
    @Nullable
    Object[] arguments();

    /** Runs the rest of it with these arguments. */
    @Nullable
    Object proceed(@Nullable Object[] arguments) throws Throwable;
}
