package dev.settle.lifecycle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.json.WritableJson;

/**
 * How one shutdown went, as the report file has it. Times are milliseconds since it began.
 *
 * @param application the name of the application, if it has one
 * @param began when the shutdown began, by the machine's clock
 * @param elapsed how long it took
 * @param settled whether everything has ended or run out of time
 * @param phases the phases in which there was something to do, in the order they began
 * @param entries the cleanups and operations, in the order they settled
 * @param leftOut how many entries more there were
 */
record ShutdownRecord(
        @Nullable String application,
        Instant began,
        double elapsed,
        boolean settled,
        List<Phase> phases,
        List<Line> entries,
        long leftOut) {

    /** How long a text may be, in characters. */
    private static final int MOST_TEXT = 200;

    private static final JsonWriter<Phase> PHASE = JsonWriter.of(members -> {
        members.add("phase", Phase::phase);
        members.add("name", Phase::name);
        members.add("from", Phase::from);
        members.add("to", Phase::to).whenNotNull();
    });

    private static final JsonWriter<Line> LINE = JsonWriter.of(members -> {
        members.add("name", line -> brief(line.name()));
        members.add("group", line -> brief(line.group()));
        members.add("phase", Line::phase);
        members.add("from", Line::from);
        members.add("to", Line::to).whenNotNull();
        members.add("ended", Line::ended).whenNotNull();
        members.add("outcome", Line::outcome);
        members.add("detail", line -> brief(line.detail())).whenNotNull();
        members.add("failure", Line::failure).whenNotNull();
    });

    private static final JsonWriter<ShutdownRecord> RECORD = JsonWriter.of(members -> {
        members.add("application", ShutdownRecord::application).whenNotNull();
        members.add(
                "began", record -> record.began().truncatedTo(ChronoUnit.MILLIS).toString());
        members.add("elapsed", ShutdownRecord::elapsed);
        members.add("settled", ShutdownRecord::settled);
        members.add("phases", ShutdownRecord::phases).as(phases -> each(phases, PHASE));
        members.add("entries", ShutdownRecord::entries).as(entries -> each(entries, LINE));
        members.add("left-out", ShutdownRecord::leftOut).when(count -> count > 0);
    });

    /**
     * One phase.
     *
     * @param to when the last of its groups had settled, unless one has not
     */
    record Phase(
            int phase, String name, double from, @Nullable Double to) {}

    /**
     * One cleanup or operation.
     *
     * @param from when it began, or its phase did
     * @param to when it ended or was given up, if it was
     * @param ended when it really ended, if that was later and is known
     * @param outcome one word
     * @param detail what it said of itself, if anything
     * @param failure the class of what went wrong; its text may tell what nobody should read in a file
     */
    record Line(
            String name,
            String group,
            int phase,
            double from,
            @Nullable Double to,
            @Nullable Double ended,
            String outcome,
            @Nullable String detail,
            @Nullable String failure) {}

    String toJson() {
        return RECORD.writeToString(this);
    }

    private static <T> List<WritableJson> each(List<T> all, JsonWriter<T> writer) {
        return all.stream().map(writer::write).toList();
    }

    private static @Nullable String brief(@Nullable String text) {
        return (text == null || text.length() <= MOST_TEXT) ? text : text.substring(0, MOST_TEXT - 1) + "…";
    }
}
