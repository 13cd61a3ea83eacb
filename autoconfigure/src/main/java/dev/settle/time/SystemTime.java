package dev.settle.time;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The JDK's clock and the shared wheel; what becomes due is handed to the workers at once. */
final class SystemTime implements TimeSource {

    static final TimeSource SHARED = new SystemTime(Workers.shared());

    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(10);

    private final Executor workers;
    private final Timers timers;

    SystemTime(Executor workers) {
        this(workers, Workers.daemons("settle-timer"));
    }

    SystemTime(Executor workers, ThreadFactory threads) {
        this.workers = workers;
        this.timers = new Ticker(threads, alarm -> new Timers(System::nanoTime, workers, alarm)).timers();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        return this.timers.arm(delayNanos, task);
    }

    @Override
    public Timer scheduleAt(long nanoTime, Runnable task) {
        return this.timers.armAt(nanoTime, task);
    }

    /** A machine that has no thread left at the moment loses no task either. */
    @Override
    public void execute(Runnable task) {
        try {
            this.workers.execute(task);
        } catch (Throwable ex) {
            this.timers.arm(RETRY, task);
        }
    }

    @Override
    public int pending() {
        return this.timers.pending();
    }
}
