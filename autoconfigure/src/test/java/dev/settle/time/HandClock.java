package dev.settle.time;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Timers without a thread: the test moves the clock, takes the ticker's turns, and sees who wakes it. */
final class HandClock {

    static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    final List<Runnable> handed = new ArrayList<>();
    final Timers timers;
    private long now;
    private int alarms;

    HandClock() {
        this(Wheel.ceiling(987_654_321_000L));
    }

    HandClock(long start) {
        this.now = start;
        this.timers = new Timers(() -> this.now, this.handed::add, () -> this.alarms++);
    }

    /** The ticker's turn now; it may rest so long. */
    long turn() {
        this.alarms = 0;
        return this.timers.turn();
    }

    /** Moves the clock on, and takes one turn. */
    long turnAfter(long nanos) {
        this.now += nanos;
        return turn();
    }

    void passes(long nanos) {
        this.now += nanos;
    }

    /** As the ticker would: turns until it may rest, and again after each rest. */
    void runFor(long nanos) {
        long end = this.now + nanos;
        for (long rest = turn(); this.now + Math.max(0, rest) - end <= 0; rest = turn()) {
            this.now += Math.max(0, rest);
        }
        this.now = end;
    }

    /** How often the ticker has been woken since its last turn. */
    int alarms() {
        return this.alarms;
    }
}
