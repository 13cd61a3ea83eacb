package dev.settle.policy.retry;

import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the settings say, with the objects they name.
 *
 * @param retryable decides on a failure
 * @param onResult says which values count as failures
 * @param retryAfter reads the server's wish: a {@code Duration}, an {@code Optional} of one, or null
 * @param budget a shared budget
 * @param random between 0 and 1
 */
record RetryRules(
        RetrySettings settings,
        Retryable retryable,
        @Nullable Predicate<Object> onResult,
        @Nullable Function<? super Throwable, ?> retryAfter,
        @Nullable RetryBudget budget,
        TimeSource time,
        DoubleSupplier random) {

    /** The rules of what is bound. */
    static RetryRules of(
            RetryBinding.Bound bound, @Nullable RetryBudget budget, TimeSource time, DoubleSupplier random) {
        return new RetryRules(
                bound.settings(),
                new Retryable(bound.settings(), bound.predicate()),
                bound.onResult(),
                bound.retryAfter(),
                budget,
                time,
                random);
    }

    boolean countsAsFailure(@Nullable Object value) {
        return this.onResult != null && this.onResult.test(value);
    }

    @Nullable
    Duration wish(Throwable failure) {
        Object wish = (this.retryAfter == null) ? null : this.retryAfter.apply(failure);
        if (wish instanceof Optional<?> optional) {
            wish = optional.orElse(null);
        }
        if (wish == null || wish instanceof Duration) {
            return (Duration) wish;
        }
        throw new IllegalStateException("retryAfter must give a Duration, an Optional of one, or null, not a "
                + wish.getClass().getName());
    }
}
