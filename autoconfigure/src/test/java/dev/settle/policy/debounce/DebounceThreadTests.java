package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.Results;
import dev.settle.time.SlowWorkers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where runs are, and what they carry with them. */
class DebounceThreadTests {

    private final SlowWorkers time = new SlowWorkers();
    private final Runs runs = new Runs(this.time);
    private final Debouncer<String, String> debouncer =
            Debouncer.after(Duration.ofMillis(100), this.runs).time(this.time).build();

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.time.pending()).isZero();
        assertThat(this.time.handedOver()).isZero();
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    @Test
    void aRunIsHandedOverByTheTimer() {
        this.debouncer.call("a");

        advance(100);
        assertThat(this.runs.notes()).as("on the timer's thread").isEmpty();
        this.time.work();

        assertThat(this.runs.notes()).containsExactly("a@100");
    }

    @Test
    void aRunIsHandedOverByAFlush() {
        this.debouncer.call("a");

        this.debouncer.flush();
        assertThat(this.runs.notes()).as("on the flushing thread").isEmpty();
        this.time.work();

        assertThat(this.runs.notes()).containsExactly("a@0");
    }

    @Test
    void aCallBeforeAWorkerTakesUpTheRunBelongsToTheNext() {
        CompletableFuture<String> a = this.debouncer.call("a");
        advance(100);

        CompletableFuture<String> b = this.debouncer.call("b");
        this.time.work();

        assertThat(a).isCompletedWithValue("outcome of a");
        assertThat(b).isNotDone();
        advance(100);
        this.time.work();
        assertThat(b).isCompletedWithValue("outcome of b");
    }

    @Test
    void aRunThatAllGiveUpBeforeAWorkerTakesItUpDoesNotRun() {
        CompletableFuture<String> a = this.debouncer.call("a");
        advance(100);

        a.cancel(true);
        this.time.work();

        assertThat(a).isCancelled();
        assertThat(this.runs.notes()).isEmpty();
    }

    @Test
    void aFlushThatFindsARunHandedOverTellsOfItsEnd() {
        this.debouncer.call("a");
        advance(100);

        CompletableFuture<Void> flushed = this.debouncer.flush();

        assertThat(flushed).isNotDone();
        this.time.work();
        assertThat(flushed).isCompleted();
    }

    @Test
    void callersAreToldOnWorkersBesidesTheFirst() {
        this.runs.waiting();
        List<CompletableFuture<String>> calls =
                Stream.of("a", "b", "c").map(this.debouncer::call).toList();
        advance(100);
        this.time.work();

        this.runs.future(1).complete("7.30");

        assertThat(calls.stream().filter(CompletableFuture::isDone)).hasSize(1);
        this.time.work();
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("7.30"));
    }

    @Test
    void theRunOfRealTimeIsOnAWorker() throws Exception {
        Debouncer<String, Thread> real = Debouncer.<String, Thread>after(
                        Duration.ofMillis(1), argument -> CompletableFuture.completedFuture(Thread.currentThread()))
                .build();

        Thread thread = Results.await(real.call("a"));

        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.getName()).startsWith("settle-").isNotEqualTo("settle-timer");
    }
}
