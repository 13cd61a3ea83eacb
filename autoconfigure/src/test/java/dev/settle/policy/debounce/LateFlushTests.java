package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.abort.AbortEvent;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.annotation.Debounce.Running;
import dev.settle.annotation.Debounce.Superseded;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.StepPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A shutdown whose time is over before its cleanup begins, on a machine that has no time for it. */
class LateFlushTests {

    private final VirtualTime time = new VirtualTime();
    private final AbortSource hard = new AbortSource();
    private final DebounceStep step = new DebounceStep(
            new DebounceSettings(
                    Duration.ofSeconds(1),
                    null,
                    false,
                    true,
                    Superseded.SHARE,
                    Running.OVERLAP,
                    OnShutdown.FLUSH,
                    KeySettings.NONE),
            this.time,
            cleanup -> {});
    private final PlannedMethod method = PlannedMethod.with(new StepPolicy(this.step) {});

    private AbortEvent event() {
        return new AbortEvent() {
            @Override
            public AbortReason reason() {
                return AbortReason.shutdown("the test is over");
            }

            @Override
            public Duration remaining() {
                return Duration.ZERO;
            }

            @Override
            public AbortSignal hard() {
                return LateFlushTests.this.hard;
            }
        };
    }

    @Test
    void whatItFlushesIsAborted() {
        CompletableFuture<String> hanging = new CompletableFuture<>();
        CompletableFuture<String> call = this.method.start(() -> hanging);
        this.hard.abort(AbortReason.shutdown("the time is over"));

        this.step.shutDown(event());

        assertThat(Results.failure(call)).isInstanceOf(AbortedException.class);
        assertThat(hanging).isCancelled();
        assertThat(this.time.pending()).isZero();
    }
}
