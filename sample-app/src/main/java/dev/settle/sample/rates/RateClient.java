package dev.settle.sample.rates;

import dev.settle.CallRejectedException;
import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Asks one provider for one rate until it gives one, or it has taken too long. */
@Component
public class RateClient {

    private final RateApi api;

    RateClient(RateApi api) {
        this.api = api;
    }

    /**
     * The rate of a provider; at most ten questions to each are on their way. The quota is the business of another bean,
     * inside: of one method, the throttle would stand outside the bulkhead, and what it lets start would wait here, and
     * reach the provider closer together than it may.
     */
    @Retry(
            name = "rates",
            maxRetries = 4,
            delay = "100ms",
            maxDuration = "2500ms",
            excludes = CallRejectedException.class,
            retryAfter = RetryAfter.class)
    @Timeout(value = "2500ms", scope = Timeout.Scope.TOTAL)
    @Bulkhead(value = 10, maxWait = "1s", key = "#provider")
    public CompletableFuture<Rate> rate(String provider, String from, String to) {
        return this.api.rate(provider, from, to, AbortSignal.never());
    }
}
