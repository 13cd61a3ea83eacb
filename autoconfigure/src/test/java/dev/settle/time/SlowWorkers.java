package dev.settle.time;

import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Virtual time whose workers take up nothing before the test says so. */
public final class SlowWorkers implements TimeSource {

    private final VirtualTime time = new VirtualTime();
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public long nanoTime() {
        return this.time.nanoTime();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        return this.time.schedule(delayNanos, task);
    }

    @Override
    public void execute(Runnable task) {
        this.tasks.add(task);
    }

    @Override
    public int pending() {
        return this.time.pending();
    }

    /** Moves the time on; the timers do what they do, the workers nothing. */
    public void advance(Duration time) {
        this.time.advance(time);
    }

    /** How many tasks the workers have before them. */
    public int handedOver() {
        return this.tasks.size();
    }

    /** The workers do what they have to, and what comes of it. */
    public void work() {
        for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
            task.run();
        }
    }
}
