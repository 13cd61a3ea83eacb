package dev.settle.abort;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happened, in words and in order: as told to it as a listener, and as noted by a test. */
final class Journal implements AbortListener {

    private final List<String> lines = new ArrayList<>();

    synchronized void note(String line) {
        this.lines.add(line);
    }

    /** A cleanup that notes its name when it runs. */
    AsyncCleanup noting(String line) {
        return event -> {
            note(line);
            return null;
        };
    }

    synchronized List<String> lines() {
        return List.copyOf(this.lines);
    }

    @Override
    public void groupAborting(AbortGroup group, AbortReason reason) {
        note(group.name() + " aborting: " + reason.message());
    }

    @Override
    public void entrySettled(AbortGroup group, AbortReport.Entry entry) {
        note(entry.name() + " " + entry.outcome());
    }

    @Override
    public void groupSettled(AbortGroup group, AbortReport report) {
        note(group.name() + " settled " + report.counts());
    }

    @Override
    public void endedLate(AbortReport.Entry entry, Duration lateness) {
        note(entry.name() + " late by " + lateness);
    }

    @Override
    public void listenerFailed(String where, Throwable failure) {
        note("failed: " + where + ": " + failure.getMessage());
    }

    @Override
    public void selfWait(String cleanup) {
        note(cleanup + " waits for itself");
    }
}
