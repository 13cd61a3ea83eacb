package dev.settle.benchmark.live;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import java.util.concurrent.CompletableFuture;

/** One method for each thread, so that they meet nowhere but at the page. */
class Desk {

    private static final CompletableFuture<String> ANSWER = CompletableFuture.completedFuture("1.08");

    @Retry
    @Timeout("1s")
    @Throttle(limit = 1_000_000_000, window = "1s")
    @Exclusive
    @Bulkhead(100)
    CompletableFuture<String> first() {
        return ANSWER;
    }

    @Retry
    @Timeout("1s")
    @Throttle(limit = 1_000_000_000, window = "1s")
    @Exclusive
    @Bulkhead(100)
    CompletableFuture<String> second() {
        return ANSWER;
    }
}
