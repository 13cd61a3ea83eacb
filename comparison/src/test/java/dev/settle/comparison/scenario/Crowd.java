package dev.settle.comparison.scenario;

import dev.settle.comparison.Rule;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many who line up for work that is done at once. */
final class Crowd implements Runnable {

    private final Rule rule;
    private final int size;
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger settled = new AtomicInteger();
    private final AtomicLong progress = new AtomicLong(System.nanoTime());

    Crowd(Rule rule, int size) {
        this.rule = rule;
        this.size = size;
    }

    @Override
    public void run() {
        try {
            for (int i = 0; i < this.size; i++) {
                this.rule.call(this::work).whenComplete((value, failure) -> this.settled.incrementAndGet());
                this.queued.incrementAndGet();
            }
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private CompletableFuture<String> work() {
        this.ran.incrementAndGet();
        this.progress.set(System.nanoTime());
        return CompletableFuture.completedFuture("in");
    }

    int queued() {
        return this.queued.get();
    }

    int ran() {
        return this.ran.get();
    }

    int settled() {
        return this.settled.get();
    }

    /** Whether they have begun, and nobody has got in for long. */
    boolean stuck() {
        return ran() > 0
                && System.nanoTime() - this.progress.get()
                        > Duration.ofSeconds(5).toNanos();
    }
}
