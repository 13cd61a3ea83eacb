package dev.settle.policy.debounce;

import dev.settle.core.AsyncFunction;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a debouncer runs: notes its arguments and times, and answers at once, or when the test says so. */
final class Runs implements AsyncFunction<String, String> {

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<String>> futures = Collections.synchronizedList(new ArrayList<>());
    private final TimeSource time;
    private final long origin;
    private boolean waiting;

    Runs(TimeSource time) {
        this.time = time;
        this.origin = time.nanoTime();
    }

    /** From now on the test settles the runs. */
    Runs waiting() {
        this.waiting = true;
        return this;
    }

    @Override
    public CompletionStage<String> apply(String argument) {
        this.notes.add(argument + "@"
                + Duration.ofNanos(this.time.nanoTime() - this.origin).toMillis());
        CompletableFuture<String> future = new CompletableFuture<>();
        this.futures.add(future);
        if (!this.waiting) {
            future.complete("outcome of " + argument);
        }
        return future;
    }

    /** The arguments of the runs and when they started, in milliseconds, as {@code argument@100}. */
    List<String> notes() {
        return List.copyOf(this.notes);
    }

    /** The future that the run of this number, from one, returned. */
    CompletableFuture<String> future(int run) {
        return this.futures.get(run - 1);
    }
}
