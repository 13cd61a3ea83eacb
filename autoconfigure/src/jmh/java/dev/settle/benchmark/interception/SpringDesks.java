package dev.settle.benchmark.interception;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.Retryable;

/** The same with Spring's own annotations. */
final class SpringDesks {

    private SpringDesks() {}

    /** One annotation. */
    @Retryable(delay = 1)
    public static class Retried extends Desk {

        @Override
        public String sync(String id) {
            return super.sync(id);
        }

        @Override
        public CompletableFuture<String> completed(String id) {
            return super.completed(id);
        }

        @Override
        public CompletableFuture<String> pending(CompletableFuture<String> later) {
            return super.pending(later);
        }

        @Override
        public CompletableFuture<String> proof(Supplier<CompletableFuture<String>> body) {
            return super.proof(body);
        }
    }

    /** One annotation. */
    @ConcurrencyLimit(64)
    public static class Limited extends Desk {

        @Override
        public String sync(String id) {
            return super.sync(id);
        }

        @Override
        public CompletableFuture<String> completed(String id) {
            return super.completed(id);
        }

        @Override
        public CompletableFuture<String> pending(CompletableFuture<String> later) {
            return super.pending(later);
        }

        @Override
        public CompletableFuture<String> proof(Supplier<CompletableFuture<String>> body) {
            return super.proof(body);
        }
    }

    /** Two annotations. */
    @Retryable(delay = 1)
    @ConcurrencyLimit(64)
    public static class Both extends Desk {

        @Override
        public String sync(String id) {
            return super.sync(id);
        }

        @Override
        public CompletableFuture<String> completed(String id) {
            return super.completed(id);
        }

        @Override
        public CompletableFuture<String> pending(CompletableFuture<String> later) {
            return super.pending(later);
        }

        @Override
        public CompletableFuture<String> proof(Supplier<CompletableFuture<String>> body) {
            return super.proof(body);
        }
    }
}
