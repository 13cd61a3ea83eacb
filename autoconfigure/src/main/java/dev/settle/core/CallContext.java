package dev.settle.core;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

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

    /** What is captured of this thread; nothing, which is logged, when that fails. */
    static Captured guarded(CallContext context) {
        try {
            return context.capture();
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

    /** The carrier that the {@link ServiceLoader} finds beside this class; one that carries nothing when there is none. */
    static CallContext found() {
        try {
            return ServiceLoader.load(CallContext.class, CallContext.class.getClassLoader())
                    .findFirst()
                    .orElseGet(CallContext::none);
        } catch (ServiceConfigurationError | LinkageError ex) {
            // A library that it needs is not there: then there is nothing of it to carry.
            return none();
        }
    }

    /**
     * Runs the task on this thread in a captured context. What the context itself throws is handed to the consumer if the
     * task has not run because of it, and logged if it has.
     */
    static void run(Captured context, Runnable task, Consumer<Throwable> notRun) {
        if (context == NOTHING) {
            task.run();
        } else {
            run(context, new Resumed() {
                @Override
                protected void go() {
                    task.run();
                }

                @Override
                protected void broken(Throwable failure) {
                    notRun.accept(failure);
                }
            });
        }
    }

    /** The same, with one object for all of it. */
    static void run(Captured context, Resumed resumed) {
        try {
            context.run(resumed);
        } catch (Throwable ex) {
            if (resumed.begun) {
                Failures.log(CallContext.class, "The context of a call could not be taken back", ex);
            } else {
                resumed.broken(ex);
            }
        }
    }

    /** What goes on in a captured context. */
    abstract class Resumed implements Runnable {

        private boolean begun;

        @Override
        public final void run() {
            this.begun = true;
            go();
        }

        /** Goes on. */
        protected abstract void go();

        /** The context could not be set. */
        protected abstract void broken(Throwable failure);
    }

    /** A captured context. */
    @FunctionalInterface
    interface Captured {

        /** Runs the task on this thread, in the captured context, and restores what was there. */
        void run(Runnable task);
    }
}
