package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.SupersededException;
import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.annotation.Debounce.Running;
import dev.settle.annotation.Debounce.Superseded;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.StepPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The settings of a debounce change while a burst goes on: from its next call on, it goes by the new ones. */
class DebounceTuningTests {

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time);
    private final DebounceStep step = new DebounceStep(quiet(100), this.time, cleanup -> {});
    private final PlannedMethod method = PlannedMethod.with(new StepPolicy(this.step) {});

    private static DebounceSettings quiet(long millis) {
        return settings(millis, null, false, true, Superseded.SHARE, Running.OVERLAP);
    }

    private static DebounceSettings settings(
            long millis, Duration maxWait, boolean leading, boolean trailing, Superseded superseded, Running running) {
        return new DebounceSettings(
                Duration.ofMillis(millis),
                maxWait,
                leading,
                trailing,
                superseded,
                running,
                OnShutdown.FLUSH,
                KeySettings.NONE);
    }

    private CompletableFuture<String> call(String argument) {
        return this.method.start(() -> this.runs.apply(argument));
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    @AfterEach
    void noTimerIsLeft() {
        advance(1000);
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aBurstThatGoesOnIsDueWhenItWasToBe() {
        call("a");

        this.step.tune(quiet(500));
        advance(100);

        assertThat(this.runs.notes()).containsExactly("a@100");
    }

    @Test
    void itsNextCallGoesByALongerQuietPeriod() {
        call("a");
        this.step.tune(quiet(500));
        advance(50);

        call("b");
        advance(499);
        assertThat(this.runs.notes()).isEmpty();
        advance(1);

        assertThat(this.runs.notes()).containsExactly("b@550");
    }

    @Test
    void itsNextCallGoesByAShorterQuietPeriod() {
        call("a");
        this.step.tune(quiet(20));
        advance(10);

        CompletableFuture<String> second = call("b");
        advance(20);

        assertThat(this.runs.notes()).containsExactly("b@30");
        assertThat(second).isCompletedWithValue("outcome of b");
    }

    @Test
    void theNextBurstGoesByTheNewQuietPeriod() {
        call("a");
        advance(100);
        this.step.tune(quiet(20));

        call("b");
        advance(20);

        assertThat(this.runs.notes()).containsExactly("a@100", "b@120");
    }

    @Test
    void aLongestWaitCountsFromTheFirstCallOfTheBurstThatGoesOn() {
        call("a");
        advance(80);
        this.step.tune(settings(100, Duration.ofMillis(150), false, true, Superseded.SHARE, Running.OVERLAP));

        call("b");
        advance(70);

        assertThat(this.runs.notes()).containsExactly("b@150");
    }

    @Test
    void aBurstThatBeganWithoutALeadingRunGetsNone() {
        call("a");
        this.step.tune(settings(100, null, true, true, Superseded.SHARE, Running.OVERLAP));

        call("b");
        assertThat(this.runs.notes()).isEmpty();
        advance(100);
        call("c");

        assertThat(this.runs.notes()).containsExactly("b@100", "c@100");
    }

    @Test
    void whoWaitsForTheEndOfABurstRunsWithTheNextCallWhenTheEndRunsNoMore() {
        CompletableFuture<String> first = call("a");
        this.step.tune(settings(100, null, true, false, Superseded.SHARE, Running.OVERLAP));

        CompletableFuture<String> second = call("b");

        assertThat(this.runs.notes()).containsExactly("b@0");
        assertThat(first).isCompletedWithValue("outcome of b");
        assertThat(second).isCompletedWithValue("outcome of b");
        advance(1000);
        assertThat(this.runs.notes()).hasSize(1);
    }

    @Test
    void whoWaitsForTheEndOfABurstRunsThenIfNoFurtherCallComes() {
        CompletableFuture<String> first = call("a");

        this.step.tune(settings(100, null, true, false, Superseded.SHARE, Running.OVERLAP));
        advance(100);

        assertThat(first).isCompletedWithValue("outcome of a");
    }

    @Test
    void theNextCallSupersedesThoseBeforeItByTheNewRule() {
        CompletableFuture<String> first = call("a");
        this.step.tune(settings(100, null, false, true, Superseded.CANCEL, Running.OVERLAP));

        CompletableFuture<String> second = call("b");
        advance(100);

        assertThat(Results.failure(first)).isInstanceOf(SupersededException.class);
        assertThat(second).isCompletedWithValue("outcome of b");
    }

    @Test
    void aRunThatIsDueBehindAnotherIsNotLostWhenRunsMayOverlap() {
        this.runs.waiting();
        this.step.tune(settings(100, null, true, true, Superseded.SHARE, Running.QUEUE));
        call("a");
        CompletableFuture<String> second = call("b");
        advance(100);
        assertThat(this.runs.notes()).containsExactly("a@0");

        this.step.tune(settings(100, null, true, true, Superseded.SHARE, Running.OVERLAP));
        CompletableFuture<String> third = call("c");

        assertThat(this.runs.notes()).containsExactly("a@0", "c@100");
        this.runs.future(2).complete("7.30");
        this.runs.future(1).complete("7.20");
        assertThat(second).isCompletedWithValue("7.30");
        assertThat(third).isCompletedWithValue("7.30");
    }

    @Test
    void whoGivesUpAfterwardsTakesItsArgumentBack() {
        call("a");
        this.step.tune(quiet(50));
        CompletableFuture<String> second = call("b");

        second.cancel(true);
        advance(50);

        assertThat(this.runs.notes()).containsExactly("a@50");
    }

    @Test
    void atShutdownWhatIsPendingRuns() {
        CompletableFuture<String> first = call("a");
        this.step.tune(quiet(500));

        this.step.flush();

        assertThat(first).isCompletedWithValue("outcome of a");
    }

    @Test
    void withoutKeysItHasNoNumbersToTell() {
        call("a");

        assertThat(this.step.state()).isEmpty();
    }

    @Test
    void withKeysItTellsHowManyAreInUse() {
        KeySettings keys = new KeySettings(call -> "EUR", 10);
        DebounceStep keyed = new DebounceStep(
                new DebounceSettings(
                        Duration.ofMillis(100),
                        null,
                        false,
                        true,
                        Superseded.SHARE,
                        Running.OVERLAP,
                        OnShutdown.FLUSH,
                        keys),
                this.time,
                cleanup -> {});
        PlannedMethod keyedMethod = PlannedMethod.with(new StepPolicy(keyed) {});

        keyedMethod.start(() -> this.runs.apply("a"));

        assertThat(keyed.state()).isEqualTo(Map.of("keys", 1L));
        advance(100);
        assertThat(keyed.state()).isEqualTo(Map.of("keys", 0L));
    }

    @Test
    void itsNameShowsTheSettingsOfNow() {
        this.step.tune(quiet(300));

        assertThat(this.step).hasToString("Debounce 300 ms");
    }
}
