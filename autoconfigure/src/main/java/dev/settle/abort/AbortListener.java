package dev.settle.abort;

import java.time.Duration;

/** Is told how an abort goes. A listener that throws is logged and disturbs nothing. */
public interface AbortListener {

    /** It is the group's turn. */
    default void groupAborting(AbortGroup group, AbortReason reason) {}

    /** A cleanup or a tracked operation of an aborting group has settled. */
    default void entrySettled(AbortGroup group, AbortReport.Entry entry) {}

    /** Everything in the group has settled. */
    default void groupSettled(AbortGroup group, AbortReport report) {}

    /** Something that had run out of time has ended after all. */
    default void endedLate(AbortReport.Entry entry, Duration lateness) {}

    /** A listener of a group's signal, or of this interface, has thrown. */
    default void listenerFailed(String where, Throwable failure) {
        System.getLogger(AbortListener.class.getName())
                .log(System.Logger.Level.WARNING, "A listener of " + where + " failed", failure);
    }

    /** A cleanup has asked for the very settlement that waits for it. */
    default void selfWait(String cleanup) {
        System.getLogger(AbortListener.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "Cleanup ''{0}'' aborts the controller that waits for it: joining the future would hang until the"
                                + " cleanup''s limit",
                        cleanup);
    }
}
