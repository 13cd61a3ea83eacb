package dev.settle.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs one call at a time for each key: a mutex, in this instance of the application. The lock is held until the future
 * that the method returned has settled, whatever the method does meanwhile, and is free before the caller's own future
 * completes.
 *
 * <pre class="code">
 * &#64;Exclusive(key = "{#from, #to}")
 * CompletableFuture&lt;Void&gt; transfer(String from, String to, BigDecimal amount) { ... }
 * </pre>
 *
 * Not re-entrant: a call that would wait for itself fails at once with {@link dev.settle.ReentrantCallException}. It is
 * recognised by the {@link dev.settle.abort.AbortSignal#current() current signal}, on the same thread and wherever that
 * is carried; elsewhere {@link #maxWait()} ends the wait, and the rejection names the holder.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Exclusive {

    /** The policy name for {@code application.yml}, metrics and endpoints; default {@code beanName.methodName}. */
    String name() default "";

    /**
     * The key, as SpEL over the arguments: {@code #id}, {@code #p0}, {@code #root.method}, {@code #root.target},
     * {@code @bean}. A collection or array locks all its elements, each once, in one global order and so without deadlock.
     * Empty: one lock for the method. A key that is null fails the call.
     */
    String key() default "";

    /** What a call does that finds its key taken. */
    OnConflict onConflict() default OnConflict.WAIT;

    /** The longest wait, refused with {@code WAIT_EXCEEDED} after it; zero: refused at once. */
    String maxWait() default "30s";

    /** How many calls may wait for each key; one more is refused with {@code QUEUE_FULL}. Zero: refused at once. */
    int queueCapacity() default 1000;

    /**
     * How many keys may be in use at the same time; a call with one more is refused with {@code KEYS}. A key is in use while calls hold or wait for its lock.
     */
    int maxKeys() default 1_000_000;

    /** Whether this instance alone counts, or all instances of the application together. */
    Scope scope() default Scope.LOCAL;

    /** What a call may do that finds its key taken. */
    enum OnConflict {
        /** Waits in line. */
        WAIT,
        /** Is refused with {@code CONFLICT}. */
        REJECT,
        /**
         * Shares the outcome of the call that runs, or waits, under the same key. The work is aborted only when all who
         * share it have given up. Calls of several keys share when their keys are the same; else they wait.
         */
        JOIN,
        /**
         * Aborts the call that runs under the key, and those that wait for it: their callers get a
         * {@link dev.settle.SupersededException}. It starts when the aborted work has really ended.
         */
        REPLACE
    }
}
