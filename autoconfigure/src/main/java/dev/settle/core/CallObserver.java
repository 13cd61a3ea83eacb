package dev.settle.core;

import dev.settle.CallPhase;
import java.util.List;
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
     * @return null when nobody wants to know more of this call
     */
    @Nullable
    ObservedCall begin(String name);

    /** One observer for several, in their order; one that throws disturbs neither the call nor the others. */
    static CallObserver all(List<? extends CallObserver> observers) {
        return Observers.all(observers);
    }

    /** One call. Its parts may be on several threads, one after another; the end may come while an attempt goes on. */
    interface ObservedCall {

        /**
         * The call does something else from now on. It begins with {@link CallPhase#RUNNING}, each change begins where the
         * one before has ended, and none comes after the end.
         */
        default void phase(CallPhase before, CallPhase now) {}

        /**
         * The method is about to be called, on this thread, in the context of the caller. Of several callers who share a run
         * the one is asked whose arguments are used, and it may have got its outcome before.
         */
        default ObservedAttempt attempt() {
            return ObservedAttempt.UNSEEN;
        }

        /**
         * The caller is about to get its outcome; told once. When another thread is just telling of a phase, that one tells
         * of the end, too, and the caller may have its outcome a moment before.
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

        /**
         * The call has given the attempt up, and does not wait for it; it has been aborted, and goes on nevertheless. Told
         * once at most, and maybe at the same time as the end.
         */
        default void givenUp() {}

        /** The outcome of the attempt is there, on whatever thread; told once, and maybe long after the end of the call. */
        void end(@Nullable Throwable failure);
    }
}
