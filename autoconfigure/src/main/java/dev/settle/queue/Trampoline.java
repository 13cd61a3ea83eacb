package dev.settle.queue;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Runs what one hand-over leads to after it, and not inside it: however many waiters let each other in, the stack stays
 * flat.
 */
public final class Trampoline {

    private static final ThreadLocal<@Nullable Queue<Runnable>> RUNNING = new ThreadLocal<>();

    private Trampoline() {}

    /**
     * Runs the task on this thread: now, or, inside another such task, when that one has ended. What it throws is logged:
     * it is nobody's outcome.
     */
    public static void run(Runnable task) {
        Queue<Runnable> waiting = RUNNING.get();
        if (waiting != null) {
            waiting.add(task);
            return;
        }
        waiting = new ArrayDeque<>(4);
        RUNNING.set(waiting);
        try {
            for (Runnable next = task; next != null; next = waiting.poll()) {
                guarded(next);
            }
        } finally {
            RUNNING.remove();
        }
    }

    /**
     * Runs the task now, and what is handed over inside it when it has ended: for a task that holds locks, under which
     * nobody may go on. What the task itself throws is thrown.
     */
    public static void holding(Runnable task) {
        if (RUNNING.get() != null) {
            task.run();
            return;
        }
        Queue<Runnable> waiting = new ArrayDeque<>(4);
        RUNNING.set(waiting);
        try {
            task.run();
        } finally {
            try {
                for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                    guarded(next);
                }
            } finally {
                RUNNING.remove();
            }
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable ex) {
            System.getLogger(Trampoline.class.getName()).log(Level.WARNING, "A hand-over failed", ex);
        }
    }
}
