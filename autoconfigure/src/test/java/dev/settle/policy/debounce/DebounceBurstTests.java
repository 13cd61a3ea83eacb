package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls until they pause, and the one run that comes of them. */
class DebounceBurstTests {

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time);
    private final Debouncer<String, String> debouncer = after(100);

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private Debouncer<String, String> after(long millis) {
        return Debouncer.after(Duration.ofMillis(millis), this.runs)
                .time(this.time)
                .build();
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    @Test
    void aBurstRunsOnceWithTheLatestArgumentAndAllCallersGetItsValue() {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (String argument : List.of("a", "b", "c", "d", "e")) {
            calls.add(this.debouncer.call(argument));
            advance(20);
        }
        assertThat(calls).noneMatch(CompletableFuture::isDone);

        advance(80);

        assertThat(this.runs.notes()).containsExactly("e@180");
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("outcome of e"));
        assertThat(new HashSet<>(calls)).as("futures of their own").hasSize(5);
    }

    @Test
    void allCallersGetTheFailureOfTheirRunAndTheNextCallWorks() {
        this.runs.waiting();
        List<CompletableFuture<String>> calls =
                Stream.of("a", "b", "c").map(this.debouncer::call).toList();
        advance(100);
        IllegalStateException failure = new IllegalStateException("refused");

        this.runs.future(1).completeExceptionally(failure);

        assertThat(calls).allSatisfy(call -> assertThat(Results.failure(call)).isSameAs(failure));
        CompletableFuture<String> next = this.debouncer.call("d");
        advance(100);
        this.runs.future(2).complete("7.30");
        assertThat(next).isCompletedWithValue("7.30");
    }

    @Test
    void aFunctionThatThrowsFailsAllItsCallers() {
        IllegalStateException failure = new IllegalStateException("refused");
        Debouncer<String, String> throwing = Debouncer.<String, String>after(Duration.ofMillis(100), argument -> {
                    throw failure;
                })
                .time(this.time)
                .build();
        List<CompletableFuture<String>> calls =
                Stream.of("a", "b").map(throwing::call).toList();

        advance(100);

        assertThat(calls).allSatisfy(call -> assertThat(Results.failure(call)).isSameAs(failure));
    }

    @Test
    void aCallWhileARunGoesOnBelongsToTheNextRun() {
        this.runs.waiting();
        CompletableFuture<String> a = this.debouncer.call("a");
        advance(100);
        CompletableFuture<String> b = this.debouncer.call("b");
        CompletableFuture<String> c = this.debouncer.call("c");
        advance(100);

        this.runs.future(2).complete("of c");
        this.runs.future(1).complete("of a");

        assertThat(this.runs.notes()).containsExactly("a@100", "c@200");
        assertThat(a).isCompletedWithValue("of a");
        assertThat(b).isCompletedWithValue("of c");
        assertThat(c).isCompletedWithValue("of c");
    }

    @Test
    void aStreamThatNeverPausesNeverRuns() {
        for (int i = 0; i < 100; i++) {
            this.debouncer.call("" + i);
            advance(99);
        }
        assertThat(this.runs.notes()).isEmpty();

        advance(1);

        assertThat(this.runs.notes()).containsExactly("99@9901");
    }

    @Test
    void callsThatAreFurtherApartThanThePauseAllRun() {
        for (int i = 0; i < 4; i++) {
            this.debouncer.call("" + i);
            advance(101);
        }

        assertThat(this.runs.notes()).containsExactly("0@100", "1@201", "2@302", "3@403");
    }

    @Test
    void aPauseIsOverAfterItsLastNanosecondAndNotBefore() {
        this.debouncer.call("a");

        this.time.advance(Duration.ofMillis(100).minusNanos(1));
        assertThat(this.runs.notes()).isEmpty();
        this.time.advance(Duration.ofNanos(1));
        assertThat(this.runs.notes()).containsExactly("a@100");
    }

    @Test
    void withoutAPauseTheCallsOfOneMomentAreCollected() {
        Debouncer<String, String> momentary = after(0);

        CompletableFuture<String> a = momentary.call("a");
        CompletableFuture<String> b = momentary.call("b");
        assertThat(this.runs.notes()).as("not in the caller's stack").isEmpty();
        this.time.run();

        assertThat(this.runs.notes()).containsExactly("b@0");
        assertThat(a).isCompletedWithValue("outcome of b");
        assertThat(b).isCompletedWithValue("outcome of b");
    }

    @Test
    void aCallFromInsideARunBelongsToTheNextRun() {
        List<CompletableFuture<String>> inner = new ArrayList<>();
        List<Debouncer<String, String>> itself = new ArrayList<>();
        itself.add(Debouncer.<String, String>after(Duration.ofMillis(100), argument -> {
                    if (argument.equals("a")) {
                        inner.add(itself.get(0).call("b"));
                    }
                    return this.runs.apply(argument);
                })
                .time(this.time)
                .build());
        CompletableFuture<String> a = itself.get(0).call("a");
        advance(100);
        assertThat(a).isCompletedWithValue("outcome of a");

        advance(100);

        assertThat(this.runs.notes()).containsExactly("a@100", "b@200");
        assertThat(inner).singleElement().satisfies(b -> assertThat(b).isCompletedWithValue("outcome of b"));
    }

    @Test
    void aCallFromACallersContinuationBelongsToTheNextRun() {
        CompletableFuture<String> b = this.debouncer.call("a").thenCompose(value -> this.debouncer.call("b"));
        advance(100);
        assertThat(b).isNotDone();

        advance(100);

        assertThat(b).isCompletedWithValue("outcome of b");
        assertThat(this.runs.notes()).containsExactly("a@100", "b@200");
    }

    @Test
    void aPauseOfTenThousandYearsDoesNotOverflow() {
        Debouncer<String, String> patient = Debouncer.after(Duration.ofDays(3_650_000), this.runs)
                .time(this.time)
                .build();
        CompletableFuture<String> a = patient.call("a");
        advance(1_000_000);
        assertThat(a).isNotDone();

        patient.cancel();
    }

    @Test
    void aSteadyStreamCostsOneTimer() {
        for (int i = 0; i < 1000; i++) {
            this.debouncer.call("" + i);
            assertThat(this.time.pending()).isEqualTo(1);
        }

        advance(100);

        assertThat(this.runs.notes()).containsExactly("999@100");
    }
}
