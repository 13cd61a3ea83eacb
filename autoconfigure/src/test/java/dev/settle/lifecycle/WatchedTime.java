package dev.settle.lifecycle;

import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Virtual time that tells when another thread has armed a timer: only then it makes sense to move on. */
final class WatchedTime implements TimeSource {

    private final VirtualTime time = new VirtualTime();
    private final Set<Long> armed = new HashSet<>();

    @Override
    public long nanoTime() {
        return this.time.nanoTime();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        Timer timer = this.time.schedule(delayNanos, task);
        synchronized (this.armed) {
            this.armed.add(delayNanos);
        }
        return timer;
    }

    @Override
    public int pending() {
        return this.time.pending();
    }

    void advance(Duration step) {
        this.time.advance(step);
    }

    /** Moves the time by the delay of a timer, as soon as somebody has armed one with just that delay. */
    void advanceWhenArmed(Duration delay) {
        awaitTimer(delay);
        advance(delay);
    }

    void awaitTimer(Duration delay) {
        Waits.until(() -> {
            synchronized (this.armed) {
                return this.armed.contains(delay.toNanos());
            }
        });
    }
}
