package dev.settle.test;

import dev.settle.queue.Trampoline;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A clock and timers that move only when a test says so. What becomes due runs on the thread that advances the time, in
 * the order in which it is due, and equal times in the order in which they were scheduled.
 */
public final class VirtualTime implements TimeSource {

    private final TreeSet<Due> timers = new TreeSet<>(VirtualTime::inOrder);
    private long now;
    private long scheduled;

    /** Starts at a reading that is far from zero, so that nothing comes to rely on it. */
    public VirtualTime() {
        this(Long.MAX_VALUE - Duration.ofDays(1).toNanos());
    }

    /** Starts at the given reading in nanoseconds. */
    public VirtualTime(long origin) {
        this.now = origin;
    }

    @Override
    public synchronized long nanoTime() {
        return this.now;
    }

    @Override
    public synchronized Timer schedule(long delayNanos, Runnable task) {
        Due due = new Due(this.now + Math.max(0, delayNanos), this.scheduled++, task);
        this.timers.add(due);
        return () -> cancel(due);
    }

    @Override
    public void execute(Runnable task) {
        Trampoline.run(task);
    }

    private synchronized void cancel(Due due) {
        this.timers.remove(due);
    }

    @Override
    public synchronized int pending() {
        return this.timers.size();
    }

    /** Moves the time on, and runs what becomes due on the way. */
    public void advance(Duration time) {
        long until = nanoTime() + Nanos.of(time);
        for (Due due = next(until); due != null; due = next(until)) {
            due.task.run();
        }
        moveTo(until);
    }

    /** Runs what is due now. */
    public void run() {
        advance(Duration.ZERO);
    }

    private synchronized @Nullable Due next(long until) {
        Due first = this.timers.isEmpty() ? null : this.timers.first();
        if (first == null || first.at - until > 0) {
            return null;
        }
        this.timers.remove(first);
        moveTo(first.at);
        return first;
    }

    /** Never back: a timer, or another thread, may have moved the time further meanwhile. */
    private synchronized void moveTo(long later) {
        if (later - this.now > 0) {
            this.now = later;
        }
    }

    /** Readings may wrap around; only their difference has a sign. */
    private static int inOrder(Due one, Due other) {
        return (one.at != other.at) ? Long.signum(one.at - other.at) : Long.compare(one.order, other.order);
    }

    private record Due(long at, long order, Runnable task) {}
}
