package dev.settle.policy.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.annotation.Retry.Jitter;
import dev.settle.annotation.Timeout.Scope;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.core.StepPolicy;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limit of a timeout changes: what runs keeps its own. */
class TimeoutTuningTests {

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);
    private final TimeoutStep step = new TimeoutStep(settings(1000, true), this.time);
    private final StepPolicy timeout = new StepPolicy(this.step) {};
    private final PlannedMethod method = PlannedMethod.with(this.timeout);

    private static TimeoutSettings settings(long millis, boolean cancel) {
        return new TimeoutSettings(Duration.ofMillis(millis), Scope.ATTEMPT, cancel);
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    private RetryPolicy once() {
        return RetryPolicy.times(1)
                .delay(Duration.ZERO, Duration.ZERO)
                .jitter(Jitter.NONE)
                .time(this.time)
                .build();
    }

    private static void assertTimedOut(CompletableFuture<?> call, String limit) {
        assertThat(Results.failure(call))
                .isInstanceOf(CallTimeoutException.class)
                .hasMessageContaining("timeout of " + limit);
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void whatRunsKeepsALongerLimit() {
        CompletableFuture<String> call = this.method.start(this.provider.thenWaits());

        this.step.tune(settings(100, true));
        advance(999);
        assertThat(call).isNotDone();
        advance(1);

        assertTimedOut(call, "1 s");
    }

    @Test
    void whatRunsKeepsAShorterLimit() {
        CompletableFuture<String> call = this.method.start(this.provider.thenWaits());

        this.step.tune(settings(5000, true));
        advance(1000);

        assertTimedOut(call, "1 s");
    }

    @Test
    void theNextCallHasTheNewLimit() {
        this.step.tune(settings(100, true));

        CompletableFuture<String> call = this.method.start(this.provider.thenWaits());
        advance(99);
        assertThat(call).isNotDone();
        advance(1);

        assertTimedOut(call, "100 ms");
    }

    @Test
    void theSignalOfTheNextCallKnowsTheNewLimit() {
        this.step.tune(settings(100, true));

        this.method.start(this.provider.thenWaits());

        assertThat(this.provider.signals().get(0).remaining()).contains(Duration.ofMillis(100));
        advance(100);
    }

    @Test
    void theNextAttemptOfACallHasTheNewLimit() {
        PlannedMethod retried = PlannedMethod.with(once(), this.timeout);
        CompletableFuture<String> call = retried.start(this.provider.thenWaits());

        this.step.tune(settings(100, true));
        advance(1000);
        assertThat(this.provider.attempts()).isEqualTo(2);
        advance(99);
        assertThat(call).isNotDone();
        advance(1);

        assertTimedOut(call, "100 ms");
    }

    @Test
    void aCallKeepsTheLimitForTheWholeOfIt() {
        PlannedMethod whole = PlannedMethod.with(this.timeout, once());
        CompletableFuture<String> call = whole.start(this.provider
                .thenTakes(Duration.ofMillis(500), new IllegalStateException("reset"))
                .thenWaits());

        this.step.tune(settings(100, true));
        advance(999);
        assertThat(this.provider.attempts()).isEqualTo(2);
        assertThat(call).isNotDone();
        advance(1);

        assertTimedOut(call, "1 s");
    }

    @Test
    void whetherTheWorkIsCancelledIsDecidedWhenItStarts() {
        this.method.start(this.provider.thenWaits());
        this.step.tune(settings(1000, false));
        this.method.start(this.provider);

        advance(1000);

        assertThat(this.provider.future(1)).isCancelled();
        assertThat(this.provider.future(2)).isNotDone();
    }

    @Test
    void itsNameShowsTheLimitOfNow() {
        this.step.tune(settings(100, true));

        assertThat(this.step).hasToString("Timeout(ATTEMPT) 100 ms");
    }
}
