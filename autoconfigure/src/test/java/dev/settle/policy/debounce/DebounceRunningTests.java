package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.SupersededException;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Debounce.Running;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run that is due while the one before is still going on. */
class DebounceRunningTests {

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time).waiting();

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private Debouncer.Builder<String, String> builder(Running running) {
        return Debouncer.after(Duration.ofMillis(100), this.runs)
                .running(running)
                .time(this.time);
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    @Test
    void runsMayOverlap() {
        Debouncer<String, String> debouncer = builder(Running.OVERLAP).build();
        debouncer.call("a");
        advance(100);
        debouncer.call("b");
        advance(100);

        assertThat(this.runs.notes()).containsExactly("a@100", "b@200");
        assertThat(this.runs.future(1)).isNotDone();
    }

    @Test
    void aRunMayWaitForTheOneBefore() {
        Debouncer<String, String> debouncer = builder(Running.QUEUE).build();
        CompletableFuture<String> a = debouncer.call("a");
        advance(100);
        CompletableFuture<String> b = debouncer.call("b");
        advance(500);
        assertThat(this.runs.notes()).containsExactly("a@100");

        this.runs.future(1).complete("of a");
        assertThat(a).isCompletedWithValue("of a");
        assertThat(this.runs.notes()).containsExactly("a@100", "b@600");
        this.runs.future(2).complete("of b");

        assertThat(b).isCompletedWithValue("of b");
    }

    @Test
    void whileARunWaitsForTheOneBeforeLaterCallsAreStillItsOwn() {
        Debouncer<String, String> debouncer = builder(Running.QUEUE).build();
        debouncer.call("a");
        advance(100);
        CompletableFuture<String> b = debouncer.call("b");
        advance(500);
        CompletableFuture<String> c = debouncer.call("c");

        this.runs.future(1).complete("of a");

        assertThat(this.runs.notes()).containsExactly("a@100", "c@600");
        this.runs.future(2).complete("of c");
        assertThat(b).isCompletedWithValue("of c");
        assertThat(c).isCompletedWithValue("of c");
        advance(100);
        assertThat(this.runs.notes()).hasSize(2);
    }

    @Test
    void aRunThatWaitsForOneThatFailsStartsAllTheSame() {
        Debouncer<String, String> debouncer = builder(Running.QUEUE).build();
        debouncer.call("a");
        advance(100);
        debouncer.call("b");
        advance(100);

        this.runs.future(1).completeExceptionally(new IllegalStateException("refused"));

        assertThat(this.runs.notes()).containsExactly("a@100", "b@200");
    }

    @Test
    void aRunThatWaitsIsDroppedWhenAllGiveUp() {
        Debouncer<String, String> debouncer = builder(Running.QUEUE).build();
        debouncer.call("a");
        advance(100);
        CompletableFuture<String> b = debouncer.call("b");
        advance(100);

        b.cancel(true);
        this.runs.future(1).complete("of a");

        assertThat(this.runs.notes()).containsExactly("a@100");
    }

    @Test
    void aRunWaitsForTheRealEndOfOneThatEverybodyHasGivenUp() {
        CompletableFuture<String> stubborn = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        List<String> started = new ArrayList<>();
        Debouncer<String, String> debouncer = Debouncer.<String, String>after(Duration.ofMillis(100), argument -> {
                    started.add(argument);
                    return started.size() == 1 ? stubborn : CompletableFuture.completedFuture(argument);
                })
                .running(Running.QUEUE)
                .time(this.time)
                .build();
        CompletableFuture<String> a = debouncer.call("a");
        advance(100);
        a.cancel(true);
        CompletableFuture<String> b = debouncer.call("b");
        advance(100);
        assertThat(started).containsExactly("a");

        stubborn.complete("of a");

        assertThat(started).containsExactly("a", "b");
        assertThat(b).isCompletedWithValue("b");
    }

    @Test
    void whatACallerDoesAfterARunFindsItEnded() {
        Debouncer<String, String> debouncer = builder(Running.QUEUE).leading().build();
        CompletableFuture<List<String>> seen = debouncer.call("a").thenApply(value -> {
            debouncer.call("b");
            return this.runs.notes();
        });
        advance(100);

        this.runs.future(1).complete("of a");

        assertThat(seen).isCompletedWithValue(List.of("a@0", "b@100"));
        advance(100);
    }

    @Test
    void aCallerMayWaitForTheNextRunBeforeItComesBack() throws Exception {
        Debouncer<String, String> debouncer = Debouncer.<String, String>after(
                        Duration.ofMillis(1), CompletableFuture::completedFuture)
                .running(Running.QUEUE)
                .build();

        CompletableFuture<String> second =
                debouncer.call("a").thenApply(value -> debouncer.call("b").join());

        assertThat(Results.await(second)).isEqualTo("b");
    }

    @Test
    void leadingRunsQueueToo() {
        Debouncer<String, String> debouncer =
                builder(Running.QUEUE).leadingOnly().build();
        debouncer.call("a");
        advance(100);
        CompletableFuture<String> b = debouncer.call("b");
        assertThat(this.runs.notes()).containsExactly("a@0");
        advance(100);

        this.runs.future(1).complete("of a");
        this.runs.future(2).complete("of b");

        assertThat(this.runs.notes()).containsExactly("a@0", "b@200");
        assertThat(b).isCompletedWithValue("of b");
        advance(100);
    }

    @Test
    void aRunMayAbortTheOneBefore() {
        List<AbortSignal> signals = new ArrayList<>();
        Debouncer<String, String> debouncer = Debouncer.<String, String>after(Duration.ofMillis(100), argument -> {
                    signals.add(AbortSignal.current());
                    return this.runs.apply(argument);
                })
                .running(Running.ABORT)
                .time(this.time)
                .build();
        CompletableFuture<String> a = debouncer.call("a");
        advance(100);
        CompletableFuture<String> b = debouncer.call("b");
        assertThat(a).as("before the next run is due").isNotDone();
        advance(100);

        assertThat(Results.failure(a)).isInstanceOf(SupersededException.class);
        assertThat(signals.get(0).reason().orElseThrow().kind()).isEqualTo(Kind.SUPERSEDED);
        assertThat(this.runs.future(1)).isCancelled();
        this.runs.future(2).complete("of b");
        assertThat(b).isCompletedWithValue("of b");
    }

    @Test
    void aRunThatHasEndedIsNotAborted() {
        Debouncer<String, String> debouncer = builder(Running.ABORT).build();
        CompletableFuture<String> a = debouncer.call("a");
        advance(100);
        this.runs.future(1).complete("of a");
        debouncer.call("b");
        advance(100);

        assertThat(a).isCompletedWithValue("of a");
    }
}
