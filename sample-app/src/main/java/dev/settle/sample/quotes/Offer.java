package dev.settle.sample.quotes;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one order of many.
 *
 * @param quote the quote, if there is one
 * @param problem why there is none, else
 * @param millis how long it took
 */
record Offer(@Nullable Quote quote, @Nullable String problem, long millis) {

    static Offer of(@Nullable Quote quote, @Nullable Throwable failure, long nanos) {
        return new Offer(quote, (failure == null) ? null : words(failure), nanos / 1_000_000);
    }

    private static String words(Throwable failure) {
        Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
        Throwable why = Objects.requireNonNullElse(cause, failure);
        return Objects.requireNonNullElse(why.getMessage(), why.toString());
    }
}
