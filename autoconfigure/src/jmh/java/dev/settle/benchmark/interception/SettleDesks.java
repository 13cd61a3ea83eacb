package dev.settle.benchmark.interception;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Beans with Settle's annotations, which never have to refuse, wait or retry while they are measured. */
final class SettleDesks {

    private SettleDesks() {}

    /** One annotation. */
    @Retry(delay = "1ms")
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
    @Bulkhead(64)
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
    @Timeout("30s")
    public static class Timed extends Desk {

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
    @Throttle(limit = 1_000_000_000, type = Throttle.Type.SMOOTH, burst = 1_000_000)
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

    /** Those that Resilience4j has, too. */
    @Retry(delay = "1ms")
    @Throttle(limit = 1_000_000_000, type = Throttle.Type.SMOOTH, burst = 1_000_000)
    @Timeout("30s")
    @Bulkhead(64)
    public static class All extends Desk {

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

    /** All that a call goes through at once; a debounce would make it wait. */
    @Retry(delay = "1ms")
    @Throttle(limit = 1_000_000_000, type = Throttle.Type.SMOOTH, burst = 1_000_000)
    @Timeout("30s")
    @Exclusive
    @Bulkhead(64)
    public static class Five extends Desk {

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
