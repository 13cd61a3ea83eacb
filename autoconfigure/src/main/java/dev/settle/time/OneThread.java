package dev.settle.time;

/**
 * Says that a thread is all there is, as in virtual time: what happens together is then told on it, one after another, so that it
 * happens in the same order each time.
 */
public final class OneThread {

    private static final ThreadLocal<Boolean> HERE = new ThreadLocal<>();

    private OneThread() {}

    /** Whether this thread is all there is. */
    public static boolean isAll() {
        return HERE.get() != null;
    }

    /** Runs the task as if there were no other thread. */
    public static void run(Runnable task) {
        if (isAll()) {
            task.run();
            return;
        }
        HERE.set(true);
        try {
            task.run();
        } finally {
            HERE.remove();
        }
    }
}
