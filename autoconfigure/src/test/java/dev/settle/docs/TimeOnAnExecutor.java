package dev.settle.docs;

import dev.settle.time.TimeSource;
import java.util.concurrent.Executor;

/** The system's time, which runs on an executor of one's own what is due. */
record TimeOnAnExecutor(TimeSource time, Executor executor) implements TimeSource {

    @Override
    public long nanoTime() {
        return this.time.nanoTime();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        return this.time.schedule(delayNanos, () -> this.executor.execute(task));
    }

    @Override
    public void execute(Runnable task) {
        this.executor.execute(task);
    }

    @Override
    public int pending() {
        return this.time.pending();
    }
}
