package dev.settle.lifecycle;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortReport.Entry;
import dev.settle.lifecycle.SettledEntries.Settled;
import dev.settle.time.Nanos;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a shutdown so far. Guarded by the recorder. */
final class ShutdownNotes {

    private final @Nullable String application;
    private final long startedAt;
    private final Instant began = Instant.now();
    private final PhaseSpans spans = new PhaseSpans();
    private final SettledEntries entries = new SettledEntries();
    private final Set<Integer> busy = new HashSet<>();

    /** When what had run out of time ended after all, by the failure that says so: reports are made anew each time. */
    private final IdentityHashMap<Throwable, Long> ends = new IdentityHashMap<>();

    private long lastAt;

    ShutdownNotes(@Nullable String application, long startedAt) {
        this.application = application;
        this.startedAt = startedAt;
        this.lastAt = startedAt;
    }

    void aborting(AbortGroup group, long now) {
        this.spans.aborting(group, now);
    }

    void settled(AbortGroup group, Entry entry, long now) {
        this.entries.add(entry, group.phase(), now);
        this.busy.add(group.phase());
        this.lastAt = now;
    }

    void settled(AbortGroup group, long now) {
        this.spans.settled(group, now);
    }

    /** Race: it may end before it is known that it was given up. The map is bounded, because others' groups tell it too. */
    void ended(Throwable failure, long now) {
        if (this.ends.size() < SettledEntries.MOST) {
            this.ends.put(failure, now);
        }
    }

    void last(long now) {
        this.lastAt = now;
    }

    /** No group has been told of: the controller is the application's own, and tells somebody else. */
    boolean isEmpty() {
        return this.spans.isEmpty();
    }

    /** All of it, and what has not ended by a report of the controller, if there is one. */
    ShutdownRecord record(@Nullable AbortReport report) {
        List<Entry> pending = (report == null)
                ? List.of()
                : report.pending().stream()
                        .filter(entry -> this.spans.phaseOf(entry.group()) != null)
                        .toList();
        List<ShutdownRecord.Line> lines = new ArrayList<>();
        int open = Math.min(pending.size(), SettledEntries.MOST);
        this.entries.kept(SettledEntries.MOST - open).forEach(entry -> lines.add(line(entry)));
        pending.stream().limit(open).forEach(entry -> lines.add(line(entry)));
        return new ShutdownRecord(
                this.application,
                this.began,
                millis(this.lastAt),
                (report == null) ? this.spans.allSettled() : report.settled(),
                phases(pending),
                lines,
                this.entries.count() + pending.size() - lines.size());
    }

    private List<ShutdownRecord.Phase> phases(List<Entry> pending) {
        Set<@Nullable Integer> shown = new HashSet<>(this.busy);
        pending.forEach(entry -> shown.add(this.spans.phaseOf(entry.group())));
        return this.spans.inOrder().stream()
                .filter(span -> shown.contains(span.phase()))
                .map(span -> new ShutdownRecord.Phase(
                        span.phase(), AbortPhases.nameOf(span.phase()), millis(span.from()), millisOf(span.to())))
                .toList();
    }

    private ShutdownRecord.Line line(Settled settled) {
        Entry entry = settled.entry();
        Throwable failure = entry.failure();
        return line(
                entry, settled.phase(), settled.at(), settled.at(), (failure == null) ? null : this.ends.get(failure));
    }

    private ShutdownRecord.Line line(Entry entry) {
        Integer phase = this.spans.phaseOf(entry.group());
        return line(entry, (phase == null) ? 0 : phase, this.lastAt, null, null);
    }

    private ShutdownRecord.Line line(Entry entry, int phase, long until, @Nullable Long to, @Nullable Long ended) {
        // An operation may have been running long before; the shutdown has waited for it since its phase began.
        long from = Math.max(this.spans.from(phase, this.startedAt), until - Nanos.of(entry.elapsed()));
        Throwable failure = entry.failure();
        return new ShutdownRecord.Line(
                entry.name(),
                entry.group(),
                phase,
                millis(from),
                millisOf(to),
                millisOf(ended),
                entry.outcome().name().toLowerCase(Locale.ROOT),
                entry.detail(),
                (failure == null) ? null : failure.getClass().getName());
    }

    private @Nullable Double millisOf(@Nullable Long at) {
        return (at == null) ? null : millis(at);
    }

    /** Since the beginning, with one decimal. */
    private double millis(long at) {
        return Math.round((at - this.startedAt) / 100_000.0) / 10.0;
    }
}
