package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Debounce;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What callers may do when their run has ended. */
class DebounceEndTests {

    private static final Duration QUIET = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time).waiting();

    @Test
    void callerThatCallsAgainWhenTheLeadingRunEndsSharesItsOutcome() {
        Debouncer<String, String> debouncer =
                Debouncer.after(QUIET, this.runs).leadingOnly().time(this.time).build();
        CompletableFuture<CompletableFuture<String>> again = new CompletableFuture<>();
        debouncer.call("first").whenComplete((value, failure) -> again.complete(debouncer.call("again")));

        this.runs.future(1).complete("outcome");

        assertThat(again.join()).isCompletedWithValue("outcome");
        assertThat(this.runs.notes()).containsExactly("first@0");
    }

    @Test
    void callerMayWaitForTheRunThatQueuesBehindItsOwn() throws Exception {
        Debouncer<String, String> debouncer = Debouncer.<String, String>after(
                        Duration.ofMillis(5), CompletableFuture::completedFuture)
                .running(Debounce.Running.QUEUE)
                .build();
        CompletableFuture<String> second = new CompletableFuture<>();
        CompletableFuture<String> first = debouncer.call("first");
        CompletableFuture<String> both = first.thenApply(value -> {
            debouncer.call("second").thenAccept(second::complete);
            return value + " " + awaited(second);
        });

        assertThat(Results.await(both)).isEqualTo("first second");
    }

    private static String awaited(CompletableFuture<String> future) {
        try {
            return Results.await(future);
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }
}
