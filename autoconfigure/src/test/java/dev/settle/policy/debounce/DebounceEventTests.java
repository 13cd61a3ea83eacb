package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallPhase;
import dev.settle.CallTimeoutException;
import dev.settle.annotation.Debounce;
import dev.settle.core.Contexts;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.StepPolicy;
import dev.settle.core.Steps;
import dev.settle.core.Written;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is seen of a debounced call from outside. */
class DebounceEventTests {

    private static final Duration QUIET = Duration.ofMillis(300);

    private final VirtualTime time = new VirtualTime();
    private final StepPolicy debounce = debounce();

    @Debounce("300ms")
    private static final class Debounced {}

    private StepPolicy debounce() {
        DebounceBinding binding = new DebounceBinding();
        return Steps.policy(binding.create(binding.settings(Written.on(Debounced.class)), Contexts.of(this.time)));
    }

    private static CompletableFuture<String> call(PlannedMethod method) {
        return method.start(() -> CompletableFuture.completedFuture("7.30"));
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void theFirstCallOfABurstTellsNothing() {
        PlannedMethod method = PlannedMethod.with(this.debounce);

        call(method);
        this.time.advance(QUIET);

        assertThat(method.events()).isEmpty();
    }

    @Test
    void theNextTellsHowManyAreTogether() {
        PlannedMethod method = PlannedMethod.with(this.debounce);

        call(method);
        call(method);
        this.time.advance(QUIET);

        assertThat(method.events()).containsExactly(DebounceEvent.COALESCED);
        assertThat(method.detail(DebounceEvent.COALESCED)).isEqualTo(2);
    }

    @Test
    void aTimeoutSaysThatTheCallWaitedForThePause() {
        Duration soon = Duration.ofMillis(100);
        PlannedMethod method = PlannedMethod.with(TimeoutPolicy.of(soon, true, this.time), this.debounce);
        CompletableFuture<String> call = call(method);

        this.time.advance(soon);

        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.phase()).isEqualTo(CallPhase.WAITING_DEBOUNCE));
    }
}
