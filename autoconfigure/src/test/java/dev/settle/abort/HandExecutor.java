package dev.settle.abort;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs tasks when the test says so, in the order in which they came. */
final class HandExecutor implements Executor {

    private final Deque<Runnable> tasks = new ArrayDeque<>();

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

    /** Runs what came first, and nothing else. */
    void runFirst() {
        poll().run();
    }

    /** Runs what came last, as an executor with many threads might. */
    void runLast() {
        Runnable last;
        synchronized (this) {
            last = this.tasks.removeLast();
        }
        last.run();
    }

    private synchronized Runnable poll() {
        return this.tasks.poll();
    }
}
