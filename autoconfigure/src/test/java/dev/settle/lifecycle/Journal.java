package dev.settle.lifecycle;

import dev.settle.abort.AsyncCleanup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What happened, in order. */
final class Journal {

    private static final Executor SOON = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

    private final List<String> lines = new ArrayList<>();

    synchronized void note(String line) {
        this.lines.add(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(this.lines);
    }

    /** A cleanup that notes its name when it runs. */
    AsyncCleanup noting(String name) {
        return event -> {
            note(name);
            return null;
        };
    }

    /** A cleanup that notes its beginning and, a little later and elsewhere, its end. */
    AsyncCleanup taking(String name) {
        return event -> {
            note(name + " begins");
            return CompletableFuture.runAsync(() -> note(name + " ends"), SOON);
        };
    }
}
