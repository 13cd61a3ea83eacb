package dev.settle.advice;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.annotation.Timeout.Scope;
import java.util.concurrent.CompletableFuture;

/** Each two policies on a method of their own; the test says what its calls are. */
class Pairs {

    /** Gives the future of the next attempt. */
    interface Work {
        CompletableFuture<String> start();
    }

    @Debounce("1s")
    @Timeout(value = "1h", scope = Scope.TOTAL)
    public CompletableFuture<String> debounceTotal(Work work) {
        return work.start();
    }

    @Debounce("1s")
    @Retry(maxRetries = 1, delay = "1s")
    public CompletableFuture<String> debounceRetry(Work work) {
        return work.start();
    }

    @Debounce("1s")
    @Throttle(maxWait = "1h")
    public CompletableFuture<String> debounceThrottle(Work work) {
        return work.start();
    }

    @Debounce("1s")
    @Timeout("1h")
    public CompletableFuture<String> debounceAttempt(Work work) {
        return work.start();
    }

    @Debounce("1s")
    @Exclusive(maxWait = "1h")
    public CompletableFuture<String> debounceExclusive(Work work) {
        return work.start();
    }

    @Debounce("1s")
    @Bulkhead(value = 1, maxWait = "1h")
    public CompletableFuture<String> debounceBulkhead(Work work) {
        return work.start();
    }

    @Timeout(value = "1h", scope = Scope.TOTAL)
    @Retry(maxRetries = 1, delay = "1s")
    public CompletableFuture<String> totalRetry(Work work) {
        return work.start();
    }

    @Timeout(value = "1h", scope = Scope.TOTAL)
    @Throttle(maxWait = "1h")
    public CompletableFuture<String> totalThrottle(Work work) {
        return work.start();
    }

    @Timeout(value = "1h", scope = Scope.TOTAL)
    @Timeout("1h")
    public CompletableFuture<String> totalAttempt(Work work) {
        return work.start();
    }

    @Timeout(value = "1h", scope = Scope.TOTAL)
    @Exclusive(maxWait = "1h")
    public CompletableFuture<String> totalExclusive(Work work) {
        return work.start();
    }

    @Timeout(value = "1h", scope = Scope.TOTAL)
    @Bulkhead(value = 1, maxWait = "1h")
    public CompletableFuture<String> totalBulkhead(Work work) {
        return work.start();
    }

    @Retry(maxRetries = 1, delay = "1s")
    @Throttle(maxWait = "1h")
    public CompletableFuture<String> retryThrottle(Work work) {
        return work.start();
    }

    @Retry(maxRetries = 1, delay = "1s")
    @Timeout("1h")
    public CompletableFuture<String> retryAttempt(Work work) {
        return work.start();
    }

    @Retry(maxRetries = 1, delay = "1s")
    @Exclusive(maxWait = "1h")
    public CompletableFuture<String> retryExclusive(Work work) {
        return work.start();
    }

    @Retry(maxRetries = 1, delay = "1s")
    @Bulkhead(value = 1, maxWait = "1h")
    public CompletableFuture<String> retryBulkhead(Work work) {
        return work.start();
    }

    @Throttle(maxWait = "1h")
    @Timeout("1h")
    public CompletableFuture<String> throttleAttempt(Work work) {
        return work.start();
    }

    @Throttle(maxWait = "1h")
    @Exclusive(maxWait = "1h")
    public CompletableFuture<String> throttleExclusive(Work work) {
        return work.start();
    }

    @Throttle(maxWait = "1h")
    @Bulkhead(value = 1, maxWait = "1h")
    public CompletableFuture<String> throttleBulkhead(Work work) {
        return work.start();
    }

    @Timeout("1h")
    @Exclusive(maxWait = "1h")
    public CompletableFuture<String> attemptExclusive(Work work) {
        return work.start();
    }

    @Timeout("1h")
    @Bulkhead(value = 1, maxWait = "1h")
    public CompletableFuture<String> attemptBulkhead(Work work) {
        return work.start();
    }

    @Exclusive(maxWait = "1h")
    @Bulkhead(value = 1, maxWait = "1h")
    public CompletableFuture<String> exclusiveBulkhead(Work work) {
        return work.start();
    }
}
