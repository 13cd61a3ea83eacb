package dev.settle.abort;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs tasks when the test says so, in the order in which they came. */
final class HandExecutor implements Executor {

    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public synchronized void execute(Runnable task) {
        this.tasks.add(task);
    }

    synchronized int size() {
        return this.tasks.size();
    }

    /** Runs everything, and what that brings. */
    void runAll() {
        for (Runnable task = poll(); task != null; task = poll()) {
            task.run();
        }
    }

    private synchronized Runnable poll() {
        return this.tasks.poll();
    }
}
