package dev.settle.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how many calls run at once: a semaphore. A permit is held until the future that the method returned has settled,
 * and is free before the caller's own future completes. Callers wait first come, first served, without holding a thread.
 *
 * <pre class="code">
 * &#64;Bulkhead(value = 10, maxWait = "2s")
 * CompletableFuture&lt;Price&gt; price(String id) { ... }
 * </pre>
 *
 * A call that leaves the line, by its timeout, its caller's cancel or shutdown, leaves at once and never runs. A call from
 * inside the only permit fails with {@link dev.settle.ReentrantCallException} instead of waiting for itself. Calls that are
 * refused get a {@link dev.settle.CallRejectedException}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Bulkhead {

    /** The policy name for {@code application.yml}, metrics and endpoints; default {@code beanName.methodName}. */
    String name() default "";

    /** How many may run at once; at least 1. */
    int value();

    /** The longest wait, refused with {@code WAIT_EXCEEDED} after it; zero: refused at once. */
    String maxWait() default "30s";

    /** How many calls may wait, for each key; one more is refused with {@code QUEUE_FULL}. Zero: refused at once. */
    int queueCapacity() default 1000;

    /**
     * The key, as SpEL over the arguments: {@code #id}, {@code #p0}, {@code #root.method}, {@code #root.target},
     * {@code @bean}. Empty: one limit for the method. A key that is null fails the call.
     */
    String key() default "";

    /**
     * How many keys may be in use at the same time; a call with one more is refused with {@code KEYS}. A key is in use while calls hold or wait for its permits.
     */
    int maxKeys() default 1_000_000;

    /** Whether this instance alone counts, or all instances of the application together. */
    Scope scope() default Scope.LOCAL;
}
