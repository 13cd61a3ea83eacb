package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.annotation.Debounce.Running;
import dev.settle.annotation.Debounce.Superseded;
import dev.settle.core.CallKey;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.StepPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A debounce is switched off while calls wait in it: nothing is lost, and nothing waits for a pause any more. */
class DebounceSwitchedOffTests {

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time);
    private String key = "EUR";
    private final DebounceStep step = new DebounceStep(settings(Running.OVERLAP), this.time, cleanup -> {});
    private final PlannedMethod method = PlannedMethod.with(new StepPolicy(this.step) {});

    private DebounceSettings settings(Running running) {
        CallKey current = call -> this.key;
        return new DebounceSettings(
                Duration.ofMillis(100),
                null,
                false,
                true,
                Superseded.SHARE,
                running,
                OnShutdown.FLUSH,
                new KeySettings(current, 10));
    }

    private CompletableFuture<String> call(String argument) {
        return this.method.start(() -> this.runs.apply(argument));
    }

    private CompletableFuture<String> call(String key, String argument) {
        this.key = key;
        return call(argument);
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.step.state()).isEqualTo(Map.of("keys", 0L));
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void whatIsPendingRunsAtOnce() {
        CompletableFuture<String> first = call("a");
        CompletableFuture<String> second = call("b");

        this.step.switchedOff();

        assertThat(this.runs.notes()).containsExactly("b@0");
        assertThat(first).isCompletedWithValue("outcome of b");
        assertThat(second).isCompletedWithValue("outcome of b");
    }

    @Test
    void whatIsPendingForOtherKeysRunsToo() {
        call("EUR", "a");
        call("CHF", "b");

        this.step.switchedOff();

        assertThat(this.runs.notes()).containsExactlyInAnyOrder("a@0", "b@0");
    }

    @Test
    void whatIsQueuedBehindARunWaitsForThatAlone() {
        this.runs.waiting();
        this.step.tune(settings(Running.QUEUE));
        call("a");
        advance(100);
        call("b");

        this.step.switchedOff();
        assertThat(this.runs.notes()).containsExactly("a@100");
        this.runs.future(1).complete("7.30");

        assertThat(this.runs.notes()).containsExactly("a@100", "b@100");
        this.runs.future(2).complete("7.40");
    }

    @Test
    void aCallThatHadSetOutBeforeRunsAtOnce() {
        this.step.switchedOff();

        CompletableFuture<String> late = call("a");

        assertThat(this.runs.notes()).containsExactly("a@0");
        assertThat(late).isCompletedWithValue("outcome of a");
    }

    @Test
    void switchedOnAgainItWaitsForAPause() {
        call("a");
        this.step.switchedOff();
        this.step.tune(settings(Running.OVERLAP));

        call("b");
        call("c");
        assertThat(this.runs.notes()).containsExactly("a@0");
        advance(100);

        assertThat(this.runs.notes()).containsExactly("a@0", "c@100");
    }
}
