package dev.settle.abort;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group, as it is at some moment.
 *
 * @param name its name
 * @param parent the name of the group that it was made from; null for the root
 * @param phase the phase of Spring's lifecycle in which it settles
 * @param priority the order among the groups of a phase
 * @param state how far it is
 * @param pending how many of its cleanups and operations have not ended
 * @param entries its cleanups and operations, those that are pending first
 * @param more how many there are beside those
 */
public record GroupReport(
        String name,
        @Nullable String parent,
        int phase,
        int priority,
        State state,
        int pending,
        List<AbortReport.Entry> entries,
        int more) {

    /** How far a group may be. */
    public enum State {
        /** Its turn has not come. */
        OPEN,
        /** Its signal is aborted, and not all of its entries have ended. */
        ABORTING,
        /** All of its entries have ended or run out of time. */
        SETTLED
    }

    /** Creates a report. */
    public GroupReport {
        entries = List.copyOf(entries);
    }
}
