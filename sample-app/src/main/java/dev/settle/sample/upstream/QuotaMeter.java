package dev.settle.sample.upstream;

import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the requests of the last window. What it refuses does not count. */
final class QuotaMeter {

    private final Quota quota;
    private final TimeSource time;

    /** When the requests came, the oldest first. */
    private final Deque<Long> taken = new ArrayDeque<>();

    QuotaMeter(Quota quota, TimeSource time) {
        this.quota = quota;
        this.time = time;
    }

    /** Zero when one more request is within the quota, else how long the client has to stay away. */
    synchronized Duration take() {
        long now = this.time.nanoTime();
        long window = this.quota.window().toNanos();
        while (!this.taken.isEmpty() && now - this.taken.peek() >= window) {
            this.taken.remove();
        }
        if (this.taken.size() < this.quota.requests()) {
            this.taken.add(now);
            return Duration.ZERO;
        }
        return Duration.ofNanos(window - (now - this.taken.element()));
    }
}
