package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallPhase;
import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.Call;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.StepPolicy;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What listeners are told, and the phase that a waiting call shows. */
class RetryEventTests {

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);
    private final RetryPolicy.Builder retry = RetryPolicy.times(2)
            .delay(Duration.ofSeconds(1), Duration.ofSeconds(1))
            .jitter(Jitter.NONE)
            .time(this.time);

    private PlannedMethod called() {
        PlannedMethod method = PlannedMethod.with(this.retry.build());
        method.start(this.provider);
        this.time.advance(Duration.ofHours(1));
        return method;
    }

    @Test
    void aCallThatSucceedsAtOnceTellsNothing() {
        this.provider.thenAnswers("7.30");

        assertThat(called().events()).isEmpty();
    }

    @Test
    void eachRetryIsToldOf() {
        IOException failure = new IOException("reset");
        this.provider.thenFails(failure).thenAnswers("7.30");

        PlannedMethod method = called();

        assertThat(method.events()).containsExactly(RetryEvent.RETRYING);
        assertThat(method.detail(RetryEvent.RETRYING)).isSameAs(failure);
    }

    @Test
    void theEndOfTheRetriesIsToldOf() {
        this.provider.thenFails();

        assertThat(called().events()).containsExactly(RetryEvent.RETRYING, RetryEvent.RETRYING, RetryEvent.EXHAUSTED);
    }

    @Test
    void aFailureThatIsNotRetriedIsNoEndOfTheRetries() {
        this.provider.thenFails(new AssertionError("on purpose"));

        assertThat(called().events()).isEmpty();
    }

    @Test
    void aBadValueIsTheDetail() {
        this.retry.onResult(value -> value == null || value.equals("pending"));
        this.provider.thenAnswers("pending").thenAnswers("7.30");

        assertThat(called().detail(RetryEvent.RETRYING)).isEqualTo("pending");
    }

    @Test
    void aBadNullHasADetailToo() {
        this.retry.onResult(value -> value == null);
        this.provider.thenAnswers(null).thenAnswers("7.30");

        assertThat(called().detail(RetryEvent.RETRYING)).isEqualTo("null");
    }

    @Test
    void aCallInADelayIsWaitingForItsRetry() {
        AtomicReference<Call> seen = new AtomicReference<>();
        PlannedMethod method = PlannedMethod.with(new Watcher(seen), this.retry.build());
        this.provider.thenFails().thenWaits();

        method.start(this.provider);
        CallPhase inDelay = seen.get().phase();
        this.time.advance(Duration.ofSeconds(1));

        assertThat(inDelay).isEqualTo(CallPhase.WAITING_RETRY);
        assertThat(seen.get().phase()).isEqualTo(CallPhase.RUNNING);
    }

    private static final class Watcher extends StepPolicy {

        Watcher(AtomicReference<Call> seen) {
            super((call, next) -> {
                seen.set(call);
                return next.start(call);
            });
        }
    }
}
