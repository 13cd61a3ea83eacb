package dev.settle.plan;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Throttle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationContext;

/** A service with each of the policies that have keys; the test says when its calls end. */
class Quotes {

    private final List<CompletableFuture<String>> running = new CopyOnWriteArrayList<>();

    private CompletableFuture<String> run() {
        CompletableFuture<String> future = new CompletableFuture<>();
        this.running.add(future);
        return future;
    }

    /** What runs, or has run, in order. */
    List<CompletableFuture<String>> running() {
        return this.running;
    }

    static Quotes of(ApplicationContext context) {
        return context.getBean(Quotes.class);
    }

    @Bulkhead(value = 1, maxWait = "0s", key = "#key")
    public CompletableFuture<String> bulkhead(Object key) {
        return run();
    }

    @Exclusive(onConflict = Exclusive.OnConflict.REJECT, key = "#key")
    public CompletableFuture<String> exclusive(Object key) {
        return run();
    }

    @Throttle(excess = Throttle.Excess.REJECT, key = "#key")
    public CompletableFuture<String> throttle(Object key) {
        return run();
    }

    @Debounce(value = "1s", key = "#key")
    public CompletableFuture<String> debounce(Object key) {
        return run();
    }

    @Bulkhead(value = 1, key = "#key.toString()")
    public CompletableFuture<String> expression(Object key) {
        return run();
    }

    @Bulkhead(value = 1, key = "#key")
    public String now(Object key) {
        return "7.30";
    }
}
