package dev.settle.core;

import java.util.concurrent.CompletableFuture;

/** A rule around a call: retry, timeout, semaphore, mutex, throttle. Rules nest. */
@FunctionalInterface
public interface Policy {

    /**
     * Runs the work under this rule.
     *
     * @return settles exactly once; it is the caller's own, and cancelling it aborts the work's signal and cancels the
     *     future that the work returned
     */
    <T> CompletableFuture<T> call(AsyncCall<T> work);

    /** This rule outside, the other inside: {@code retry.around(timeout).around(bulkhead)}. */
    default Policy around(Policy inner) {
        return Pipeline.of(this, inner);
    }
}
