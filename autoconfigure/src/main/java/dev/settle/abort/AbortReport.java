package dev.settle.abort;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of the cleanups and tracked operations of a group, or of all.
 *
 * @param settled whether everything has ended or run out of time
 * @param elapsed the time since the abort began; zero before
 * @param entries the cleanups and operations, in the order of their groups
 */
public record AbortReport(boolean settled, Duration elapsed, List<Entry> entries) {

    /** What may become of a cleanup or an operation. */
    public enum Outcome {
        /** It has not started, or not ended. */
        PENDING,
        /** It has ended well. */
        COMPLETED,
        /** It has failed, thrown, or could not be started. */
        FAILED,
        /** It ran out of time; settling went on without it. */
        TIMED_OUT,
        /** It was taken back before it started. */
        REMOVED,
        /** It came when the turn of its group had passed, and has run nevertheless. */
        LATE
    }

    /**
     * One cleanup or operation.
     *
     * @param name its name
     * @param group the name of its group
     * @param elapsed how long it took, or has been running
     * @param failure why it failed, or which limit it exceeded
     * @param detail what the cleanup said of itself, if anything
     * @param frames where the thread of a pending cleanup is now, innermost first; empty when none is inside it
     */
    public record Entry(
            String name,
            String group,
            Outcome outcome,
            Duration elapsed,
            @Nullable Throwable failure,
            @Nullable String detail,
            List<StackTraceElement> frames) {}

    /** Creates a report. */
    public AbortReport {
        entries = List.copyOf(entries);
    }

    /** What has not ended. */
    public List<Entry> pending() {
        return with(Outcome.PENDING);
    }

    /** What has failed or run out of time. */
    public List<Entry> failures() {
        return this.entries.stream()
                .filter(entry -> entry.outcome() != Outcome.PENDING && entry.failure() != null)
                .toList();
    }

    /** How many entries have each outcome. */
    public Map<Outcome, Long> counts() {
        return this.entries.stream()
                .collect(Collectors.groupingBy(
                        Entry::outcome, () -> new EnumMap<>(Outcome.class), Collectors.counting()));
    }

    /**
     * Does nothing when everything went well.
     *
     * @throws AbortFailedException when something has failed or run out of time: its cause is the first failure, the
     *     others are suppressed
     */
    public AbortReport orThrow() {
        if (!failures().isEmpty()) {
            throw new AbortFailedException(failures());
        }
        return this;
    }

    private List<Entry> with(Outcome outcome) {
        return this.entries.stream().filter(entry -> entry.outcome() == outcome).toList();
    }
}
