package dev.settle.benchmark.interception;

import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.ratelimiter.annotation.RateLimiter;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resilience4j.timelimiter.annotation.TimeLimiter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The same with Resilience4j's annotations; its time limiter takes no synchronous methods. */
final class Resilience4jDesks {

    static final String[] SETTINGS = {
        "resilience4j.retry.instances.desk.max-attempts=4",
        "resilience4j.retry.instances.desk.wait-duration=1ms",
        "resilience4j.bulkhead.instances.desk.max-concurrent-calls=64",
        "resilience4j.ratelimiter.instances.desk.limit-for-period=1000000000",
        "resilience4j.ratelimiter.instances.desk.limit-refresh-period=1s",
        "resilience4j.timelimiter.instances.desk.timeout-duration=30s"
    };

    private Resilience4jDesks() {}

    /** One annotation. */
    @Retry(name = "desk")
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
    @Bulkhead(name = "desk")
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

    /** One annotation. */
    public static class Timed extends Desk {

        @Override
        public String sync(String id) {
            return super.sync(id);
        }

        @TimeLimiter(name = "desk")
        @Override
        public CompletableFuture<String> completed(String id) {
            return super.completed(id);
        }

        @TimeLimiter(name = "desk")
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
    @RateLimiter(name = "desk")
    public static class Throttled extends Desk {

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

    /** Four annotations. */
    @Retry(name = "desk")
    @RateLimiter(name = "desk")
    @Bulkhead(name = "desk")
    public static class All extends Desk {

        @Override
        public String sync(String id) {
            return super.sync(id);
        }

        @TimeLimiter(name = "desk")
        @Override
        public CompletableFuture<String> completed(String id) {
            return super.completed(id);
        }

        @TimeLimiter(name = "desk")
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
