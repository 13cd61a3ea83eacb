package dev.settle.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Registers a method of a bean as a cleanup: it runs when the application shuts down, in the bean's own phase, and is
 * waited for when it returns a {@code CompletionStage}. Its parameters may be an {@code AbortEvent}, an
 * {@code AbortSignal} (the hard signal) and an {@code AbortReason}; a value it returns is shown in the report.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface OnAbort {

    /** Stands for the bean's own phase: {@code Phased.getPhase()}, else 0. */
    int BEAN_PHASE = Integer.MIN_VALUE + 1;

    /** The phase of Spring's lifecycle; higher phases run first. */
    int phase() default BEAN_PHASE;

    /** The order within the phase, from zero up: what has a higher priority number runs when all lower have settled. */
    int priority() default 0;

    /** How long the cleanup may take; empty: as long as its phase. */
    String timeout() default "";
}
