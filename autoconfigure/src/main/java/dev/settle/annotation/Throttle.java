package dev.settle.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits the rate at which calls start; how many run at once is the business of {@link Bulkhead}.
 *
 * <pre class="code">
 * &#64;Throttle(limit = 100, window = "1m")
 * CompletableFuture&lt;Quote&gt; quote(String symbol) { ... }
 * </pre>
 *
 * A start is counted when it really happens: a call that leaves the line costs nothing, and neither does one that is refused
 * with a {@link dev.settle.CallRejectedException}, which says when to come again. A wait that would be too long is refused
 * at once. At shutdown those who wait are refused, never let go in a burst.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Throttle {

    /** The policy name for {@code application.yml}, metrics and endpoints; default {@code beanName.methodName}. */
    String name() default "";

    /** How many calls may start in a window; at least 1. */
    int limit() default 1;

    /** The window; positive. */
    String window() default "1s";

    /** How starts are counted. */
    Type type() default Type.SLIDING;

    /** For {@code SMOOTH}: how many may start together after a pause; at least 1. */
    int burst() default 1;

    /** What becomes of the calls beyond the limit. */
    Excess excess() default Excess.WAIT;

    /** The longest wait, refused with {@code WAIT_EXCEEDED} after it; zero: refused at once. */
    String maxWait() default "30s";

    /** How many calls may wait for each key; one more is refused with {@code QUEUE_FULL}. Zero: refused at once. */
    int queueCapacity() default 1000;

    /**
     * The key, as SpEL over the arguments: {@code #id}, {@code #p0}, {@code #root.method}, {@code #root.target},
     * {@code @bean}. Empty: one limit for the method. A key that is null fails the call.
     */
    String key() default "";

    /**
     * How many keys may be in use at the same time; a call with one more is refused with {@code KEYS}. A key is in use while calls wait and until its last start is as old as the window.
     */
    int maxKeys() default 1_000_000;

    /**
     * Whether this instance alone counts, or all instances of the application together: these can be {@code SLIDING} only, with
     * {@code WAIT} or {@code REJECT}.
     */
    Scope scope() default Scope.LOCAL;

    /** How starts may be counted. */
    enum Type {
        /** No window of that length, wherever it begins, ever holds more than the limit. Keeps the time of each start. */
        SLIDING,
        /**
         * Evenly spaced, {@code window / limit} apart, with a burst on top after a pause. Keeps one number; for limits
         * above 10,000 the cheaper choice.
         */
        SMOOTH
    }

    /** What may become of the calls beyond the limit. */
    enum Excess {
        /** They wait in line. */
        WAIT,
        /** They are refused with {@code RATE}. */
        REJECT,
        /**
         * They share one run, with the arguments of the latest of them, which starts when the limit allows; all of them
         * get its outcome.
         */
        SHARE
    }
}
