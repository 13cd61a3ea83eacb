package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.annotation.Debounce.Running;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Flush, cancel and close. */
class DebounceControlTests {

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time);
    private final Debouncer<String, String> debouncer = builder().build();

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private Debouncer.Builder<String, String> builder() {
        return Debouncer.after(Duration.ofMillis(100), this.runs).time(this.time);
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    private static List<CompletableFuture<String>> threeCalls(Debouncer<String, String> debouncer) {
        return Stream.of("a", "b", "c").map(debouncer::call).toList();
    }

    @Test
    void aFlushRunsNowWhatIsPendingForAllWhoWait() {
        List<CompletableFuture<String>> calls = threeCalls(this.debouncer);
        advance(30);

        CompletableFuture<Void> flushed = this.debouncer.flush();

        assertThat(this.runs.notes()).containsExactly("c@30");
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("outcome of c"));
        assertThat(flushed).isCompleted();
    }

    @Test
    void whatWasFlushedDoesNotRunAgain() {
        threeCalls(this.debouncer);
        this.debouncer.flush();

        advance(1000);

        assertThat(this.runs.notes()).hasSize(1);
    }

    @Test
    void aFlushOfNothingDoesNothing() {
        assertThat(this.debouncer.flush()).isCompleted();

        this.debouncer.call("a");
        advance(100);
        assertThat(this.debouncer.flush()).isCompleted();

        assertThat(this.runs.notes()).containsExactly("a@100");
    }

    @Test
    void aFlushTellsWhenWhatRunsHasEndedHoweverItEnds() {
        this.runs.waiting();
        CompletableFuture<String> a = this.debouncer.call("a");
        advance(100);
        CompletableFuture<String> b = this.debouncer.call("b");

        CompletableFuture<Void> flushed = this.debouncer.flush();

        this.runs.future(2).complete("of b");
        assertThat(flushed).isNotDone();
        this.runs.future(1).completeExceptionally(new IllegalStateException("refused"));
        assertThat(flushed).isCompleted();
        assertThat(a).isCompletedExceptionally();
        assertThat(b).isCompletedWithValue("of b");
    }

    @Test
    void callersHaveTheirOutcomeWhenTheFlushTells() {
        this.runs.waiting();
        List<CompletableFuture<String>> calls = threeCalls(this.debouncer);
        CompletableFuture<Boolean> allDone =
                this.debouncer.flush().thenApply(nothing -> calls.stream().allMatch(CompletableFuture::isDone));

        this.runs.future(1).complete("of c");

        assertThat(allDone).isCompletedWithValue(true);
    }

    @Test
    void aCallAfterAFlushBeginsANewBurst() {
        this.debouncer.call("a");
        this.debouncer.flush();
        CompletableFuture<String> b = this.debouncer.call("b");
        advance(99);
        assertThat(b).isNotDone();

        advance(1);

        assertThat(this.runs.notes()).containsExactly("a@0", "b@100");
    }

    @Test
    void aFlushDoesNotOvertakeTheRunThatItsRunMustWaitFor() {
        this.runs.waiting();
        Debouncer<String, String> queueing = builder().running(Running.QUEUE).build();
        queueing.call("a");
        advance(100);
        queueing.call("b");

        CompletableFuture<Void> flushed = queueing.flush();

        assertThat(this.runs.notes()).containsExactly("a@100");
        this.runs.future(1).complete("of a");
        assertThat(this.runs.notes()).containsExactly("a@100", "b@100");
        assertThat(flushed).isNotDone();
        this.runs.future(2).complete("of b");
        assertThat(flushed).isCompleted();
    }

    @Test
    void aCancelEndsAllWhoWaitAndNothingRuns() {
        List<CompletableFuture<String>> calls = threeCalls(this.debouncer);

        this.debouncer.cancel();
        advance(1000);

        assertThat(calls).allSatisfy(call -> {
            assertThat(call).isCancelled();
            assertThat(Results.failure(call)).isInstanceOf(AbortedException.class);
        });
        assertThat(this.runs.notes()).isEmpty();
    }

    @Test
    void aCallAfterACancelBeginsANewBurst() {
        Debouncer<String, String> leading = builder().leading().build();
        leading.call("a");
        CompletableFuture<String> b = leading.call("b");
        leading.cancel();

        CompletableFuture<String> c = leading.call("c");

        assertThat(b).isCancelled();
        assertThat(c).isCompletedWithValue("outcome of c");
        advance(100);
        assertThat(this.runs.notes()).containsExactly("a@0", "c@0");
    }

    @Test
    void aCancelOfNothingDoesNothing() {
        this.debouncer.cancel();

        CompletableFuture<String> a = this.debouncer.call("a");
        advance(100);

        assertThat(a).isCompletedWithValue("outcome of a");
    }

    @Test
    void aCancelDoesNotTouchWhatRuns() {
        this.runs.waiting();
        CompletableFuture<String> a = this.debouncer.call("a");
        advance(100);
        this.debouncer.cancel();

        this.runs.future(1).complete("of a");

        assertThat(a).isCompletedWithValue("of a");
    }

    @Test
    void whatOneCallerDoesNextMayWaitForWhatAnotherGets() throws Exception {
        Debouncer<String, String> real =
                Debouncer.after(Duration.ofHours(1), this.runs).build();
        CompletableFuture<String> a = real.call("a");
        CompletableFuture<String> b = real.call("b");
        CompletableFuture<Throwable> fromA = a.handle(
                (value, failure) -> b.<Throwable>handle((other, its) -> its).join());
        Thread canceller = new Thread(real::cancel);
        canceller.setDaemon(true);

        canceller.start();

        assertThat(Results.await(fromA)).isInstanceOf(AbortedException.class);
    }

    @Test
    void aCloseRunsWhatIsPendingAndRefusesWhatComesLater() {
        CompletableFuture<String> a = this.debouncer.call("a");

        this.debouncer.close();

        assertThat(a).isCompletedWithValue("outcome of a");
        assertThat(Results.failure(this.debouncer.call("b")))
                .isInstanceOfSatisfying(CallRejectedException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.CLOSED);
                    assertThat(refused.policy()).isEqualTo("debounce");
                });
        this.debouncer.close();
        assertThat(this.runs.notes()).containsExactly("a@0");
    }

    @Test
    void aCloseLeavesWhatRunsToItsEnd() {
        this.runs.waiting();
        CompletableFuture<String> a = this.debouncer.call("a");
        advance(100);

        this.debouncer.close();
        assertThat(a).isNotDone();
        this.runs.future(1).complete("of a");

        assertThat(a).isCompletedWithValue("of a");
    }

    @Test
    void theSystemsTimeIsTheDefault() throws Exception {
        Debouncer<String, String> real = Debouncer.after(Duration.ofMillis(1), new Runs(TimeSource.system()))
                .build();

        assertThat(Results.await(real.call("a"))).isEqualTo("outcome of a");
    }
}
