package dev.settle.time;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The JDK's clock and scheduled executor; what becomes due is handed to the workers at once. */
final class SystemTime implements TimeSource {

    static final TimeSource SHARED = new SystemTime(Workers.shared());

    private final ScheduledThreadPoolExecutor timer;
    private final Executor workers;

    SystemTime(Executor workers) {
        this.workers = workers;
        this.timer = new ScheduledThreadPoolExecutor(1, Workers.daemons("settle-timer"));
        this.timer.setRemoveOnCancelPolicy(true);
        this.timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        this.timer.allowCoreThreadTimeOut(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        var due = this.timer.schedule(() -> hand(task), delayNanos, TimeUnit.NANOSECONDS);
        return () -> due.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        hand(task);
    }

    /** A machine that has no thread left at the moment must not lose a timeout. */
    private void hand(Runnable task) {
        try {
            this.workers.execute(task);
        } catch (Throwable ex) {
            this.timer.schedule(() -> hand(task), 10, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public int pending() {
        return this.timer.getQueue().size();
    }
}
