package dev.settle.advice;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.core.AsyncCall;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A service with policies that meet on one method; its calls do what the test hands in. */
class Shop {

    @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
    @Bulkhead(1)
    public CompletableFuture<String> retriedInBulkhead(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
    @Bulkhead(value = 1, maxWait = "0s")
    public CompletableFuture<String> retriedWhenFull(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE, includes = IOException.class)
    @Bulkhead(value = 1, maxWait = "0s")
    public CompletableFuture<String> retriedForOthers(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Retry(maxRetries = 2, delay = "0s")
    @Throttle(limit = 1, window = "1s")
    public CompletableFuture<String> retriedAtARate(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Timeout("2s")
    @Throttle(limit = 1, window = "10s")
    public CompletableFuture<String> pacedAttempt(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Timeout(value = "15s", scope = Timeout.Scope.TOTAL)
    @Throttle(limit = 1, window = "10s")
    public CompletableFuture<String> pacedCall(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Timeout(value = "2s", cancel = false)
    @Bulkhead(1)
    public CompletableFuture<String> boundedInBulkhead(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Timeout(value = "2s", cancel = false)
    @Bulkhead(value = 1, queueCapacity = 1)
    public CompletableFuture<String> boundedInShortLine(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Timeout(value = "2s", cancel = false)
    @Exclusive
    public CompletableFuture<String> boundedInLock(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Exclusive(key = "#key")
    @Bulkhead(2)
    public CompletableFuture<String> hotKeys(String key, AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Debounce("1s")
    @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
    public CompletableFuture<String> debounced(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Debounce("1s")
    @Timeout(value = "1500ms", scope = Timeout.Scope.TOTAL)
    public CompletableFuture<String> debouncedAndBounded(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Debounce("1ms")
    @Timeout(value = "1m", scope = Timeout.Scope.TOTAL)
    @Retry(maxRetries = 2, delay = "1ms")
    @Throttle(limit = 1, window = "1ms")
    @Timeout("1m")
    @Exclusive
    @Bulkhead(1)
    public String allNow(Callable<String> work) throws Exception {
        return work.call();
    }

    @Debounce("100ms")
    @Timeout(value = "1m", scope = Timeout.Scope.TOTAL)
    @Retry(maxRetries = 2, delay = "1s", jitter = Retry.Jitter.NONE)
    @Throttle(limit = 1, window = "10s")
    @Timeout("5s")
    @Exclusive
    @Bulkhead(1)
    public CompletableFuture<String> all(AsyncCall<String> work) throws Exception {
        return work.start().toCompletableFuture();
    }

    @Exclusive
    @Bulkhead(1)
    @Retry(maxRetries = 1, delay = "1ms")
    public String oneNow(Callable<String> work) throws Exception {
        return work.call();
    }
}
