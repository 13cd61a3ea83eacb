package dev.settle.core;

import dev.settle.CallPhase;
import org.jspecify.annotations.Nullable;

/**
 * Watches calls as wholes, where a {@link CallListener} is told of single events: metrics, observations. What it throws is
 * logged and disturbs nothing. It must be quick, and lock nothing for long.
 */
@FunctionalInterface
public interface CallObserver {

    /**
     * A call begins, on its caller's thread, before any policy; calls that shutdown refuses are told of, too.
     *
     * @param name the name of the method's policies
     */
    ObservedCall begin(String name);

    /** One call. Its parts may be on several threads, one after another; the end may come while an attempt goes on. */
    interface ObservedCall {

        /** The call does something else from now on; never told after its end. */
        default void phase(CallPhase before, CallPhase now) {}

        /**
         * The method is about to be called, on this thread, in the context of the caller; also for what is run for several
         * callers, of whom one is asked.
         */
        default ObservedAttempt attempt() {
            return ObservedAttempt.UNSEEN;
        }

        /**
         * The caller gets its outcome; told once.
         *
         * @param failure null for a value
         */
        void end(@Nullable Throwable failure);
    }

    /** One attempt: the method, and the future that it returns. */
    @FunctionalInterface
    interface ObservedAttempt {

        /** Nobody looks. */
        ObservedAttempt UNSEEN = failure -> {};

        /** The method has returned or thrown, on the thread that called it; before the end. */
        default void returned() {}

        /** The outcome of the attempt is there, on whatever thread; told once, and maybe long after the end of the call. */
        void end(@Nullable Throwable failure);
    }
}
