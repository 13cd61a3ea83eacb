package dev.settle.benchmark.soak;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/** All six policies, alone and together, keyed and not; each method has a time limit, since partners may never answer. */
class Desk {

    @Retry(maxRetries = 2, delay = "1ms", maxDelay = "4ms")
    @Timeout("20ms")
    CompletableFuture<String> retried() {
        return Remote.ask();
    }

    @Timeout(value = "20ms", scope = Timeout.Scope.TOTAL)
    @Bulkhead(value = 8, maxWait = "10ms", queueCapacity = 50)
    CompletableFuture<String> limited() {
        return Remote.ask();
    }

    @Timeout("10ms")
    @Bulkhead(value = 2, key = "#key", maxWait = "10ms", queueCapacity = 8)
    CompletableFuture<String> limitedByKey(String key) {
        return Remote.ask();
    }

    @Timeout("10ms")
    @Exclusive(key = "#key", maxWait = "20ms", queueCapacity = 16)
    CompletableFuture<String> alone(String key) {
        return Remote.ask();
    }

    @Timeout("10ms")
    @Exclusive(key = "#key", onConflict = Exclusive.OnConflict.REPLACE)
    CompletableFuture<String> replaced(String key) {
        return Remote.ask();
    }

    @Timeout("10ms")
    @Throttle(limit = 50, window = "10ms", maxWait = "5ms", queueCapacity = 30)
    CompletableFuture<String> spaced() {
        return Remote.ask();
    }

    @Timeout("10ms")
    @Throttle(limit = 5, window = "20ms", key = "#key", excess = Throttle.Excess.SHARE)
    CompletableFuture<String> spacedByKey(String key) {
        return Remote.ask();
    }

    @Timeout("30ms")
    @Debounce(value = "1ms", maxWait = "5ms", key = "#key")
    CompletableFuture<String> collected(String key) {
        return Remote.ask();
    }

    @Retry(maxRetries = 2, delay = "1ms", maxDelay = "4ms")
    @Timeout("20ms")
    @Bulkhead(value = 4, maxWait = "5ms")
    @Exclusive(key = "#key", maxWait = "5ms")
    String now(String key) {
        return Remote.askNow();
    }

    @Retry(maxRetries = 2, delay = "1ms", maxDelay = "4ms")
    @Timeout("20ms")
    @Bulkhead(value = 8, maxWait = "10ms", queueCapacity = 50)
    @Throttle(limit = 500, window = "10ms", maxWait = "5ms", queueCapacity = 30)
    Mono<String> streamed() {
        return Mono.fromFuture(Remote::ask);
    }
}
