package dev.settle.comparison.spring;

import java.util.concurrent.CompletableFuture;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.Retryable;

/** Beans with a mistake each. */
final class Wrong {

    private Wrong() {}

    static class Limit {

        @ConcurrencyLimit(-42)
        String call() {
            return "called";
        }
    }

    static class Retries {

        @Retryable(maxRetries = -5)
        String call() {
            return "called";
        }
    }

    static class Final {

        @Retryable
        final String call() {
            return "called";
        }
    }

    static class Unfollowed {

        @ConcurrencyLimit(1)
        CompletableFuture<String> call() {
            return new CompletableFuture<>();
        }
    }
}
