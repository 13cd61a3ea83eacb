package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.annotation.Debounce.Running;
import dev.settle.annotation.Debounce.Superseded;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.StepPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A call meets a change of the settings. */
class DebounceTuningRaceTests {

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time);
    private final DebounceStep step = new DebounceStep(quiet(100), this.time, cleanup -> {});
    private final PlannedMethod method = PlannedMethod.with(new StepPolicy(this.step) {});

    private static DebounceSettings quiet(long millis) {
        return new DebounceSettings(
                Duration.ofMillis(millis),
                null,
                false,
                true,
                Superseded.SHARE,
                Running.OVERLAP,
                OnShutdown.FLUSH,
                KeySettings.NONE);
    }

    @Test
    void aCallThatHadToLetAnotherGoFirstDoesNotBringTheOldSettingsBack() {
        Window window = this.step.states().only().state();
        Thread caller = new Thread(() -> this.method.start(() -> this.runs.apply("a")), "caller");
        synchronized (window) {
            caller.start();
            Results.until(() -> caller.getState() == Thread.State.BLOCKED);
            this.step.tune(quiet(500));
        }
        Results.until(() -> !caller.isAlive());

        this.time.advance(Duration.ofMillis(499));
        assertThat(this.runs.notes()).isEmpty();
        this.time.advance(Duration.ofMillis(1));

        assertThat(this.runs.notes()).containsExactly("a@500");
    }
}
