package dev.settle.actuate;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Methods whose futures a test settles by hand. */
class Stock {

    private final Queue<CompletableFuture<String>> running = new ConcurrentLinkedQueue<>();

    /** What {@link #find} has returned, in the order of its calls. */
    public Queue<CompletableFuture<String>> running() {
        return this.running;
    }

    @Bulkhead(name = "stock.find", value = 2, maxWait = "1h")
    @Retry(maxRetries = 3, delay = "50ms")
    public CompletableFuture<String> find(String id) {
        CompletableFuture<String> work = new CompletableFuture<>();
        this.running.add(work);
        return work;
    }

    @Throttle(limit = 1, window = "1h", maxWait = "0s", key = "#id")
    public String count(String id) {
        return id;
    }

    static List<CompletableFuture<String>> finds(Stock stock, int times) {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            calls.add(stock.find("id"));
        }
        return calls;
    }
}
