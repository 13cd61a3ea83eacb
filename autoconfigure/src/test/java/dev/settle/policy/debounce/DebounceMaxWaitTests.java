package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A steady stream postpones its run no longer than the longest wait. */
class DebounceMaxWaitTests {

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time);
    private final Debouncer<String, String> debouncer = builder().build();

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private Debouncer.Builder<String, String> builder() {
        return Debouncer.after(Duration.ofMillis(64), this.runs)
                .maxWait(Duration.ofMillis(128))
                .time(this.time);
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    private List<CompletableFuture<String>> stream(Debouncer<String, String> callee, int calls, long apart) {
        List<CompletableFuture<String>> stream = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            stream.add(callee.call("" + i));
            advance(apart);
        }
        return stream;
    }

    @Test
    void aSteadyStreamRunsAgainAndAgainAndItsLastArgumentIsNotLost() {
        List<CompletableFuture<String>> calls = stream(this.debouncer, 100, 10);
        advance(64);

        assertThat(this.runs.notes())
                .containsExactly("12@128", "25@256", "38@384", "51@512", "63@640", "76@768", "89@896", "99@1024");
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompleted());
    }

    @Test
    void afterARunThatWasForcedSilenceBringsNoOther() {
        this.debouncer.call("a");
        advance(60);
        this.debouncer.call("b");
        advance(60);
        this.debouncer.call("c");
        advance(8);
        assertThat(this.runs.notes()).containsExactly("c@128");

        advance(1000);

        assertThat(this.runs.notes()).hasSize(1);
    }

    @Test
    void aCallAfterARunThatWasForcedRunsAfterThePause() {
        stream(this.debouncer, 2, 60);
        this.debouncer.call("c");
        advance(10);
        CompletableFuture<String> d = this.debouncer.call("d");

        advance(64);

        assertThat(this.runs.notes()).containsExactly("c@128", "d@194");
        assertThat(d).isCompletedWithValue("outcome of d");
    }

    @Test
    void theLongestWaitCountsAgainFromARunThatWasForced() {
        stream(this.debouncer, 20, 30);
        advance(1000);

        assertThat(this.runs.notes()).containsExactly("4@128", "8@256", "12@384", "17@512", "19@634");
    }

    @Test
    void theLongestWaitOfABurstCountsFromItsFirstCall() {
        this.debouncer.call("a");
        advance(500);
        stream(this.debouncer, 5, 30);
        advance(1000);

        assertThat(this.runs.notes()).containsExactly("a@64", "4@628");
    }

    @Test
    void aLongestWaitThatIsThePauseMakesAFixedRhythm() {
        Debouncer<String, String> sampling = Debouncer.after(Duration.ofMillis(100), this.runs)
                .maxWait(Duration.ofMillis(100))
                .time(this.time)
                .build();
        stream(sampling, 30, 10);
        advance(1000);

        assertThat(this.runs.notes()).containsExactly("9@100", "19@200", "29@300");
    }

    @Test
    void afterALeadingRunTheRestOfAStreamRunsInTime() {
        stream(builder().leading().build(), 30, 10);
        advance(1000);

        assertThat(this.runs.notes()).containsExactly("0@0", "12@128", "25@256", "29@354");
    }

    @Test
    void aStreamOfWhichOnlyTheFirstCallRunsRunsAgainAfterTheLongestWait() {
        List<CompletableFuture<String>> calls = stream(builder().leadingOnly().build(), 30, 10);
        advance(1000);

        assertThat(this.runs.notes()).containsExactly("0@0", "13@130", "26@260");
        assertThat(calls.get(12)).isCompletedWithValue("outcome of 0");
        assertThat(calls.get(14)).isCompletedWithValue("outcome of 13");
    }

    @Test
    void aRunThatWasForcedDoesNotTouchTheOneBefore() {
        this.runs.waiting();
        List<CompletableFuture<String>> calls = stream(this.debouncer, 26, 10);
        advance(1000);

        this.runs.future(1).complete("first");

        assertThat(calls.subList(0, 13)).allSatisfy(call -> assertThat(call).isCompletedWithValue("first"));
        assertThat(calls.subList(13, 26)).allSatisfy(call -> assertThat(call).isNotDone());
        this.runs.future(2).complete("second");
        assertThat(calls.subList(13, 26)).allSatisfy(call -> assertThat(call).isCompletedWithValue("second"));
    }
}
