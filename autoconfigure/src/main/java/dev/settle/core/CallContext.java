package dev.settle.core;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Captures what a thread carries with it (logging context, security, tracing) for the later parts of a call. */
@FunctionalInterface
public interface CallContext {

    /** Captures the context of this thread. */
    Captured capture();

    /** Captures the context of this thread, with what the carrier, such as a Reactor {@code Context}, holds in front of it. */
    default Captured capture(Object carrier) {
        return capture();
    }

    /** A carrier for what an attempt subscribes to: with what the attempt itself has put on this thread. */
    default <C> C attempt(C carrier) {
        return carrier;
    }

    /** What is captured; nothing, which is logged, when that fails. */
    static Captured guarded(Supplier<Captured> capturing) {
        try {
            return capturing.get();
        } catch (Throwable ex) {
            Failures.log(CallContext.class, "The context of a call could not be captured", ex);
            return NOTHING;
        }
    }

    /** Nothing is captured. */
    Captured NOTHING = Runnable::run;

    /** Carries nothing. */
    static CallContext none() {
        return () -> NOTHING;
    }

    /**
     * Runs the task on this thread in a captured context. What the context itself throws is handed to the consumer if the
     * task has not run because of it, and logged if it has.
     */
    static void run(Captured context, Runnable task, Consumer<Throwable> notRun) {
        if (context == NOTHING) {
            task.run();
            return;
        }
        AtomicBoolean begun = new AtomicBoolean();
        try {
            context.run(() -> {
                begun.set(true);
                task.run();
            });
        } catch (Throwable ex) {
            if (begun.get()) {
                Failures.log(CallContext.class, "The context of a call could not be taken back", ex);
            } else {
                notRun.accept(ex);
            }
        }
    }

    /** A captured context. */
    @FunctionalInterface
    interface Captured {

        /** Runs the task on this thread, in the captured context, and restores what was there. */
        void run(Runnable task);
    }
}
