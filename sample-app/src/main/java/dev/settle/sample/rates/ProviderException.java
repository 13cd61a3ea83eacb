package dev.settle.sample.rates;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A provider answered, but with no rate. */
public final class ProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    ProviderException(String provider, int status, @Nullable Duration retryAfter) {
        super(provider + " answered " + status + (retryAfter == null ? "" : ", retry after " + retryAfter));
        this.retryAfter = retryAfter;
    }

    /** When the provider wants to be asked again, if it said so. */
    @Nullable
    Duration retryAfter() {
        return this.retryAfter;
    }
}
