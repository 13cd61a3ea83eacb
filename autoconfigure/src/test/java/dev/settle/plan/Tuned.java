package dev.settle.plan;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/** Each policy twice: with nothing said that need not be, and with everything said; by name of the policy. */
class Tuned {

    static class First implements Predicate<Object>, Function<Object, Object> {

        @Override
        public boolean test(Object value) {
            return false;
        }

        @Override
        public Object apply(Object failure) {
            return null;
        }
    }

    static class Second extends First {}

    @Debounce("1s")
    public CompletableFuture<String> bareDebounce(String id) {
        return new CompletableFuture<>();
    }

    @Debounce(
            value = "1s",
            maxWait = "5s",
            leading = true,
            trailing = false,
            superseded = Debounce.Superseded.CANCEL,
            running = Debounce.Running.QUEUE,
            onShutdown = Debounce.OnShutdown.CANCEL,
            key = "#id",
            maxKeys = 5)
    public CompletableFuture<String> saidDebounce(String id) {
        return new CompletableFuture<>();
    }

    @Timeout("1s")
    @Timeout(value = "3s", scope = Timeout.Scope.TOTAL)
    public CompletableFuture<String> bareTimeout(String id) {
        return new CompletableFuture<>();
    }

    @Timeout(value = "1s", cancel = false)
    @Timeout(value = "3s", scope = Timeout.Scope.TOTAL, cancel = false)
    public CompletableFuture<String> saidTimeout(String id) {
        return new CompletableFuture<>();
    }

    @Retry
    public CompletableFuture<String> bareRetry(String id) {
        return new CompletableFuture<>();
    }

    @Retry(
            maxRetries = 5,
            delay = "50ms",
            multiplier = 3.0,
            maxDelay = "20s",
            jitter = Retry.Jitter.NONE,
            maxDuration = "40s",
            includes = IOException.class,
            excludes = ArithmeticException.class,
            predicate = First.class,
            retryOnResult = First.class,
            retryAfter = First.class,
            budget = "one")
    public CompletableFuture<String> saidRetry(String id) {
        return new CompletableFuture<>();
    }

    @Throttle
    public CompletableFuture<String> bareThrottle(String id) {
        return new CompletableFuture<>();
    }

    @Throttle(
            limit = 5,
            window = "2s",
            type = Throttle.Type.SMOOTH,
            burst = 2,
            excess = Throttle.Excess.REJECT,
            maxWait = "5s",
            queueCapacity = 5,
            key = "#id",
            maxKeys = 5)
    public CompletableFuture<String> saidThrottle(String id) {
        return new CompletableFuture<>();
    }

    @Exclusive
    public CompletableFuture<String> bareExclusive(String id) {
        return new CompletableFuture<>();
    }

    @Exclusive(key = "#id", onConflict = Exclusive.OnConflict.REJECT, maxWait = "5s", queueCapacity = 5, maxKeys = 5)
    public CompletableFuture<String> saidExclusive(String id) {
        return new CompletableFuture<>();
    }

    @Bulkhead(4)
    public CompletableFuture<String> bareBulkhead(String id) {
        return new CompletableFuture<>();
    }

    @Bulkhead(value = 4, maxWait = "5s", queueCapacity = 5, key = "#id", maxKeys = 5)
    public CompletableFuture<String> saidBulkhead(String id) {
        return new CompletableFuture<>();
    }
}
