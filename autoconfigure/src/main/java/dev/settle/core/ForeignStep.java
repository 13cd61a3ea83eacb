package dev.settle.core;

import dev.settle.DeadlineExceededException;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.Registration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A policy that somebody else wrote, as a step. It may make calls of its own, on any thread: they see the signal of this
 * call. What is inside it is a call of its own too, so that what the policy does to its future reaches the work.
 */
final class ForeignStep implements Step {

    private final Policy policy;

    ForeignStep(Policy policy) {
        this.policy = policy;
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        CompletableFuture<@Nullable Object> started = start(call, next);
        CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
        Registration registration = call.signal().onAbort(reason -> {
            if (DeadlineExceededException.cancelsWork(reason)) {
                Failures.cancel(started);
            }
        });
        started.whenComplete((value, failure) -> {
            registration.remove();
            if (failure != null) {
                outcome.completeExceptionally(Failures.unwrap(failure));
            } else {
                outcome.complete(value);
            }
        });
        return outcome;
    }

    private CompletableFuture<@Nullable Object> start(Call call, Next next) {
        AbortSignal outer = CurrentSignal.swap(call.signal());
        try {
            CompletableFuture<@Nullable Object> started = this.policy.call(
                    () -> Calls.async(call.site(), next, call.root().work(), call.signal()));
            return Objects.requireNonNull(started, () -> this.policy + " returned null instead of a future");
        } finally {
            CurrentSignal.swap(outer);
        }
    }

    @Override
    public String toString() {
        return this.policy.toString();
    }
}
