package dev.settle.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a call up after a while: the caller gets a {@link dev.settle.CallTimeoutException}, the call's signal aborts with
 * {@code TIMEOUT}, and the work is cancelled. Repeatable, once a scope.
 *
 * <pre class="code">
 * &#64;Timeout("2s")
 * &#64;Timeout(value = "10s", scope = Timeout.Scope.TOTAL)
 * CompletableFuture&lt;Price&gt; price(String id, AbortSignal signal) { ... }
 * </pre>
 *
 * A result that is there at the deadline wins. A synchronous method is interrupted on its own thread; its caller goes on
 * when the method has returned, and no interrupt is left behind.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(Timeout.List.class)
public @interface Timeout {

    /** The policy name for {@code application.yml}, metrics and endpoints; default {@code beanName.methodName}. */
    String name() default "";

    /** The limit; must be positive. */
    String value();

    /** What the limit is for. */
    Scope scope() default Scope.ATTEMPT;

    /**
     * Whether the future that the method returned is cancelled, or its thread interrupted. With {@code false} the work is
     * only told by its signal, and keeps its permit until it really ends.
     */
    boolean cancel() default true;

    /** What a limit may be for. */
    enum Scope {
        /** Each attempt, waits for lock and permit included, waits for a throttle not. */
        ATTEMPT,
        /** The whole call, retries and their delays included. */
        TOTAL
    }

    /** Holds several. */
    @Documented
    @Inherited
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface List {

        /** The timeouts of both scopes. */
        Timeout[] value();
    }
}
