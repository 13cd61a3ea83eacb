package dev.settle.queue;

import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;

/** Virtual time that counts what is asked of it. */
final class CountingTime implements TimeSource {

    private final VirtualTime time = new VirtualTime();
    private int executed;
    private int scheduled;

    @Override
    public long nanoTime() {
        return this.time.nanoTime();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        this.scheduled++;
        return this.time.schedule(delayNanos, task);
    }

    @Override
    public void execute(Runnable task) {
        this.executed++;
        this.time.execute(task);
    }

    @Override
    public int pending() {
        return this.time.pending();
    }

    /** How many tasks were handed over. */
    int executed() {
        return this.executed;
    }

    /** How many timers were armed. */
    int scheduled() {
        return this.scheduled;
    }
}
