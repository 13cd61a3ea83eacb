package dev.settle.abort;

import org.jspecify.annotations.Nullable;

/** Which signal the work on this thread listens to. */
public final class CurrentSignal {

    /** Its key where it travels in the context of something that has no thread. */
    public static final String KEY = "dev.settle.signal";

    private static final ThreadLocal<@Nullable AbortSignal> CURRENT = new ThreadLocal<>();

    private CurrentSignal() {}

    /** The signal of the work now running on this thread, or the one that never aborts. */
    public static AbortSignal get() {
        AbortSignal current = CURRENT.get();
        return (current != null) ? current : AbortSignal.never();
    }

    /** Whether this thread runs work that has been let in: what it begins is part of that, even when new work is refused. */
    public static boolean ofWork() {
        AbortSignal current = CURRENT.get();
        return current != null && !(current instanceof RequestSource);
    }

    /** Sets the signal of this thread and returns what to set again afterwards: null is none. */
    public static @Nullable AbortSignal swap(@Nullable AbortSignal signal) {
        AbortSignal before = CURRENT.get();
        if (signal != null) {
            CURRENT.set(signal);
        } else {
            CURRENT.remove();
        }
        return before;
    }
}
