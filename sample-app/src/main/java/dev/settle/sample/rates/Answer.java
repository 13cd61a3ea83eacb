package dev.settle.sample.rates;

import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What became of the question to one provider.
 *
 * @param rate its rate, if it gave one
 */
public record Answer(
        String provider, Outcome outcome, @Nullable BigDecimal rate) {

    /** What may become of a question. */
    public enum Outcome {
        /** It gave a rate. */
        ANSWERED,
        /** It failed, retries and all. */
        FAILED,
        /** Others were faster: it was told that nobody waits any more. */
        CANCELLED
    }

    /** The answer in a future that is done. */
    static Answer of(String provider, CompletableFuture<Rate> call) {
        if (call.isCancelled()) {
            return new Answer(provider, Outcome.CANCELLED, null);
        }
        return call.isCompletedExceptionally()
                ? new Answer(provider, Outcome.FAILED, null)
                : new Answer(provider, Outcome.ANSWERED, call.join().value());
    }
}
