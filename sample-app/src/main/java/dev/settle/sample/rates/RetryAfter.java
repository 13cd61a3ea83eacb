package dev.settle.sample.rates;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Tells {@code @Retry} when a provider wants to be asked again. */
final class RetryAfter implements Function<Throwable, Optional<Duration>> {

    @Override
    public Optional<Duration> apply(Throwable failure) {
        return failure instanceof ProviderException refused
                ? Optional.ofNullable(refused.retryAfter())
                : Optional.empty();
    }
}
