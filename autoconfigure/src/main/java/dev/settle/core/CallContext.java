package dev.settle.core;

/** Captures what a thread carries with it (logging context, security, tracing) for the later parts of a call. */
@FunctionalInterface
public interface CallContext {

    /** Captures the context of this thread. */
    Captured capture();

    /** Carries nothing. */
    static CallContext none() {
        return () -> Runnable::run;
    }

    /** A captured context. */
    @FunctionalInterface
    interface Captured {

        /** Runs the task on this thread, in the captured context, and restores what was there. */
        void run(Runnable task);
    }
}
