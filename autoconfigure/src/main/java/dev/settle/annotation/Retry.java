package dev.settle.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tries a failed call again, with exponential backoff and jitter.
 *
 * <pre class="code">
 * &#64;Retry(maxRetries = 5, delay = "100ms", maxDuration = "3s")
 * CompletableFuture&lt;Price&gt; price(String id) { ... }
 * </pre>
 *
 * A failure is a failed future as much as a thrown exception, on every attempt; so is {@code null} instead of a future.
 * Never retried unless {@link #includes()} lists them, or {@code Throwable}: {@code CancellationException},
 * {@code InterruptedException}, {@code Error}, and Settle's own abort, closed, re-entrant and superseded errors. The last failure reaches the caller as
 * it is, at most five earlier ones suppressed in it.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Retry {

    /** The policy name for {@code application.yml}, metrics and endpoints; default {@code beanName.methodName}. */
    String name() default "";

    /** Attempts after the first; zero is none. Must not be negative. */
    int maxRetries() default 3;

    /** The first delay; zero is none. */
    String delay() default "200ms";

    /** What each delay is multiplied with for the next; at least 1. */
    double multiplier() default 2.0;

    /** No delay is longer; must not be shorter than {@link #delay()}. */
    String maxDelay() default "10s";

    /** How the delays are spread. */
    Jitter jitter() default Jitter.FULL;

    /**
     * The longest time from the first attempt on, delays included; empty: none. No attempt starts that could not start in
     * time: the last failure is given at once instead.
     */
    String maxDuration() default "";

    /** Only these failures are retried; causes are looked through. Empty: all. */
    Class<? extends Throwable>[] includes() default {};

    /** These failures are not retried, even when included; causes are looked through. */
    Class<? extends Throwable>[] excludes() default {};

    /** Decides on the failure, after {@link #includes()} and {@link #excludes()}: a bean of this class, or a new object. */
    Class<? extends Predicate<?>> predicate() default None.class;

    /** Says which values count as failures: a bean of this class, or a new object. */
    Class<? extends Predicate<?>> retryOnResult() default None.class;

    /**
     * Reads from the failure how long the server wants us to wait, as a {@code Duration}, an {@code Optional} of one, or
     * null for no wish: a bean of this class, or a new object. The wish replaces the backoff; one that leads beyond
     * {@link #maxDuration()} ends the retries.
     */
    Class<? extends Function<?, ?>> retryAfter() default None.class;

    /**
     * The name of a retry budget that several methods share ({@code settle.budgets.<name>}); empty: none. When it is
     * spent, the last failure is given at once.
     */
    String budget() default "";

    /** How delays are spread, so that calls that failed together do not come back together. */
    enum Jitter {
        /** Evenly between zero and the delay. */
        FULL,
        /** Evenly between half the delay and the delay. */
        EQUAL,
        /** Evenly between the first delay and three times the one before, at most the longest. */
        DECORRELATED,
        /** Exactly the delay. */
        NONE
    }

    /** Stands for "none is set". */
    abstract class None implements Predicate<Object>, Function<Object, Object> {
        private None() {}
    }
}
