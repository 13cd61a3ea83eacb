package dev.settle.activity;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a call of a {@link Sample}.
 *
 * @param call the call; the same object in all its moments
 * @param of the calls of its name
 * @param nanos when, in nanoseconds of the time source
 * @param attempt the number of the attempt, from 1; 0 for what is of the call
 * @param detail what the kind says it is
 */
public record Moment(
        Object call,
        NameActivity of,
        Kind kind,
        long nanos,
        int attempt,
        @Nullable Object detail) {

    /** What happened. Moments of one call may come from several threads, and not in the order of their times. */
    public enum Kind {
        /** The call begins. */
        BEGIN,
        /** The call does something else from now on; the detail is the {@code CallPhase}. */
        PHASE,
        /** The method is about to be called. */
        ATTEMPT,
        /** The call has given the attempt up, and does not wait for it. */
        ABANDONED,
        /** The outcome of the attempt is there, maybe long after the end of the call; the detail is its failure, if any. */
        ATTEMPTED,
        /** The caller gets its outcome; the detail is its failure, if any. */
        END,
        /** The same for one that gets the value of another call's run. */
        COALESCED
    }
}
