package dev.settle.lifecycle;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortListener;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortReport.Entry;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/** Tells how a shutdown goes: a line a phase, a line now and then while something hangs, and a summary at the end. */
public final class ShutdownLog implements AbortListener, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger("dev.settle.shutdown");

    private static final long PROGRESS = TimeUnit.SECONDS.toNanos(5);

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private final TimeSource time;

    // Guarded by this.
    private final Map<Integer, List<Entry>> settled = new TreeMap<>((one, other) -> Integer.compare(other, one));
    private final Map<Integer, Long> began = new HashMap<>();
    private final Map<AbortGroup, TimeSource.Timer> running = new HashMap<>();
    private boolean summarised;

    /** Creates the log. */
    public ShutdownLog(TimeSource time) {
        this.time = time;
    }

    void delaying(Duration delay) {
        LOG.info("Shutdown begins; still serving for {}", Nanos.words(delay));
    }

    @Override
    public synchronized void groupAborting(AbortGroup group, AbortReason reason) {
        if (isShutdown(reason)) {
            this.began.putIfAbsent(group.phase(), this.time.nanoTime());
        }
        this.running.put(group, this.time.schedule(PROGRESS, () -> progress(group)));
    }

    private void progress(AbortGroup group) {
        synchronized (this) {
            if (!this.running.containsKey(group)) {
                return;
            }
            this.running.put(group, this.time.schedule(PROGRESS, () -> progress(group)));
        }
        for (Entry entry : group.report().pending()) {
            if (entry.group().equals(group.name())) {
                LOG.warn(
                        "Phase {} still waits for '{}' ({}){}",
                        AbortPhases.nameOf(group.phase()),
                        entry.name(),
                        Nanos.words(entry.elapsed()),
                        entry.frames().stream()
                                .map(frame -> System.lineSeparator() + "    at " + frame)
                                .collect(Collectors.joining()));
            }
        }
    }

    @Override
    public void entrySettled(AbortGroup group, Entry entry) {
        if (entry.failure() == null) {
            return;
        }
        if (entry.outcome() == Outcome.TIMED_OUT) {
            LOG.warn(
                    "Gave up on '{}' ({}): {}",
                    entry.name(),
                    entry.group(),
                    entry.failure().getMessage());
        } else {
            LOG.warn("'{}' ({}) failed", entry.name(), entry.group(), entry.failure());
        }
    }

    @Override
    public synchronized void groupSettled(AbortGroup group, AbortReport report) {
        TimeSource.Timer timer = this.running.remove(group);
        if (timer != null) {
            timer.cancel();
        }
        if (group.signal().reason().filter(ShutdownLog::isShutdown).isPresent()) {
            this.settled
                    .computeIfAbsent(group.phase(), phase -> new ArrayList<>())
                    .addAll(report.entries());
        }
    }

    /** Groups that the application aborts while it runs are no phases of a shutdown, and there may be very many. */
    private static boolean isShutdown(AbortReason reason) {
        return reason.kind() == AbortReason.Kind.SHUTDOWN;
    }

    /** What ends as soon as it is cancelled or interrupted has been given up, and that is all there is to say. */
    @Override
    public void endedLate(Entry entry, Duration lateness) {
        if (lateness.compareTo(AT_ONCE) < 0) {
            return;
        }
        LOG.warn("'{}' ({}) ended {} after it was given up", entry.name(), entry.group(), Nanos.words(lateness));
    }

    /** One line for each phase that has settled since. */
    void phasesSettled() {
        Map<String, List<Entry>> lines = new LinkedHashMap<>();
        synchronized (this) {
            this.settled.forEach((phase, entries) -> {
                Long start = this.began.get(phase);
                Duration took = (start == null) ? Duration.ZERO : Nanos.between(start, this.time.nanoTime());
                lines.put(AbortPhases.nameOf(phase) + " settled in " + Nanos.words(took), entries);
            });
            this.settled.clear();
        }
        lines.forEach((phase, entries) -> {
            if (entries.stream().anyMatch(ShutdownLog::isWorthALine)) {
                LOG.info("Phase {}: {}", phase, list(entries));
            }
        });
    }

    /** Destroyed after the controller: when the refresh has failed, nobody else asks for the lines. */
    @Override
    public void destroy() {
        phasesSettled();
    }

    /** What did not settle, or that everything did; once. */
    void summary(AbortReport report) {
        synchronized (this) {
            if (this.summarised) {
                return;
            }
            this.summarised = true;
        }
        List<Entry> all =
                report.entries().stream().filter(ShutdownLog::isWorthALine).toList();
        List<Entry> bad = all.stream()
                .filter(entry -> entry.failure() != null || entry.outcome() == Outcome.PENDING)
                .toList();
        int good = all.size() - bad.size();
        if (all.isEmpty()) {
            LOG.debug("Settled in {}: there was nothing to clean up", Nanos.words(report.elapsed()));
            return;
        }
        if (bad.isEmpty()) {
            LOG.info("Settled in {}: all {} cleanups ended well", Nanos.words(report.elapsed()), good);
        } else {
            LOG.warn(
                    "Settled in {}: {} of {} cleanups ended well; not settled: {}",
                    Nanos.words(report.elapsed()),
                    good,
                    all.size(),
                    list(bad));
        }
    }

    private static boolean isWorthALine(Entry entry) {
        return entry.outcome() != Outcome.REMOVED && !isIdle(entry);
    }

    /** Settle's own waiting for calls when there were none. */
    static boolean isIdle(Entry entry) {
        return entry.outcome() == Outcome.COMPLETED
                && entry.detail() == null
                && (entry.name().equals(CallDrain.IN_FLIGHT) || entry.name().equals(CallDrain.LATE));
    }

    private static String list(List<Entry> entries) {
        return entries.stream()
                .filter(ShutdownLog::isWorthALine)
                .map(ShutdownLog::words)
                .collect(Collectors.joining(", "));
    }

    private static String words(Entry entry) {
        return entry.name() + " (" + said(entry.detail()) + outcome(entry.outcome()) + Nanos.words(entry.elapsed())
                + ")";
    }

    private static String said(@Nullable String detail) {
        return (detail == null) ? "" : detail + ", ";
    }

    private static String outcome(Outcome outcome) {
        return (outcome == Outcome.COMPLETED) ? "" : outcome + " ";
    }
}
