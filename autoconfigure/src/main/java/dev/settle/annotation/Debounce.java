package dev.settle.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Waits for a pause in the calls, then runs once with the latest arguments; all callers of the burst share the outcome.
 *
 * <pre class="code">
 * &#64;Debounce(value = "300ms", key = "#session")
 * CompletableFuture&lt;List&lt;Hit&gt;&gt; search(String session, String text) { ... }
 * </pre>
 *
 * A caller that cancels withdraws its arguments, and those of the latest other one are used; the run is aborted only when
 * nobody wants its outcome any more. A run that has started is never rejected by a later call. A {@code void} method
 * returns at once, and its run is logged when it fails. Runs are on Settle's own threads, in the context of the caller
 * whose arguments they have.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Debounce {

    /** The policy name for {@code application.yml}, metrics and endpoints; default {@code beanName.methodName}. */
    String name() default "";

    /** The quiet period; zero collects the calls of one moment. */
    String value();

    /** The longest time that a steady stream of calls may postpone the run; empty: for ever. Not shorter than the quiet period. */
    String maxWait() default "";

    /** Whether the first call of a burst runs at once. */
    boolean leading() default false;

    /** Whether the burst runs at its end; after a leading run only if there were further calls. */
    boolean trailing() default true;

    /** What callers get whose arguments are not used. */
    Superseded superseded() default Superseded.SHARE;

    /** What a run does that is due while the one before is still going on. */
    Running running() default Running.OVERLAP;

    /** What happens at shutdown, in the phase of the bean, to what is pending. */
    OnShutdown onShutdown() default OnShutdown.FLUSH;

    /**
     * The key, as SpEL over the arguments: {@code #id}, {@code #p0}, {@code #root.method}, {@code #root.target},
     * {@code @bean}. Empty: one window for the method. A key that is null fails the call.
     */
    String key() default "";

    /**
     * How many keys may be in use at the same time; a call with one more is refused with {@code KEYS}. A key is in use while its window is open or its run goes on.
     */
    int maxKeys() default 1_000_000;

    /** What callers may get whose arguments are not used. */
    enum Superseded {
        /** The outcome of the run that covers them. */
        SHARE,
        /** A {@link dev.settle.SupersededException}, as soon as the next call comes. */
        CANCEL
    }

    /** What a run may do that is due while the one before is still going on. */
    enum Running {
        /** Starts beside it. */
        OVERLAP,
        /** Starts when it has ended. */
        QUEUE,
        /** Aborts it, and starts. */
        ABORT
    }

    /** What may happen at shutdown to what is pending. */
    enum OnShutdown {
        /** It runs, and shutdown waits for it within the time of the phase. */
        FLUSH,
        /** Its callers get an {@link dev.settle.AbortedException}. */
        CANCEL
    }
}
