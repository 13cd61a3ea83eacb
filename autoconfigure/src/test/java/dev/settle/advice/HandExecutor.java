package dev.settle.advice;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.task.AsyncTaskExecutor;

/** An application's executor whose tasks run when the test says so, on the test's thread. */
final class HandExecutor implements AsyncTaskExecutor {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final AtomicInteger taken = new AtomicInteger();

    @Override
    public void execute(Runnable task) {
        this.taken.incrementAndGet();
        this.tasks.add(task);
    }

    /** How many tasks were handed over. */
    int taken() {
        return this.taken.get();
    }

    /** Runs the oldest task. */
    void runNext() {
        this.tasks.remove().run();
    }
}
