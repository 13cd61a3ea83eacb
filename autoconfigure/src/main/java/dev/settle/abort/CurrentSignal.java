package dev.settle.abort;

import org.jspecify.annotations.Nullable;

/** Which signal the work on this thread listens to. */
public final class CurrentSignal {

    /** Its key where it travels in the context of something that has no thread. */
    public static final String KEY = "dev.settle.signal";

    /**
     * What goes on on this thread: the signal, and the innermost section in which it may be interrupted. One place for both,
     * which stays there, because every call needs both; and of the JDK's own type, because what stays on a thread must not
     * keep the classes of an application that is gone.
     */
    private static final ThreadLocal<@Nullable Object[]> HERE = ThreadLocal.withInitial(() -> new Object[2]);

    private static final int SIGNAL = 0;
    private static final int SECTION = 1;

    private CurrentSignal() {}

    /** The signal of the work now running on this thread, or the one that never aborts. */
    public static AbortSignal get() {
        return (HERE.get()[SIGNAL] instanceof AbortSignal current) ? current : AbortSignal.never();
    }

    /** Whether this thread runs work that has been let in: what it begins is part of that, even when new work is refused. */
    public static boolean ofWork() {
        Object current = HERE.get()[SIGNAL];
        return current != null && !(current instanceof RequestSource);
    }

    /** Sets the signal of this thread and returns what to set again afterwards: null is none. */
    public static @Nullable AbortSignal swap(@Nullable AbortSignal signal) {
        return (AbortSignal) swap(SIGNAL, signal);
    }

    /** Runs the task on this thread under a signal, and restores what was there. */
    public static void run(@Nullable AbortSignal signal, Runnable task) {
        AbortSignal outer = swap(signal);
        try {
            task.run();
        } finally {
            swap(outer);
        }
    }

    /** Sets the innermost section of this thread and returns the one around it. */
    static @Nullable InterruptibleSection swapSection(@Nullable InterruptibleSection section) {
        return (InterruptibleSection) swap(SECTION, section);
    }

    private static @Nullable Object swap(int place, @Nullable Object now) {
        @Nullable Object[] here = HERE.get();
        Object before = here[place];
        here[place] = now;
        return before;
    }
}
