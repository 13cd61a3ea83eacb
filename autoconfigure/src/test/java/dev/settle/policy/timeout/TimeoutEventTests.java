package dev.settle.policy.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.annotation.Timeout;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TimeoutEventTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);

    private PlannedMethod method(boolean cancel) {
        return PlannedMethod.with(TimeoutPolicy.of(LIMIT, cancel, this.time));
    }

    @Test
    void aCallInTimeTellsNothing() {
        PlannedMethod method = method(true);
        this.provider.thenTakes(LIMIT, "7.30");

        method.start(this.provider);
        this.time.advance(Duration.ofHours(1));

        assertThat(method.events()).isEmpty();
    }

    @Test
    void aTimeoutIsToldOfWithItsException() {
        PlannedMethod method = method(true);
        this.provider.thenWaits();

        CompletableFuture<String> call = method.start(this.provider);
        this.time.advance(LIMIT);

        assertThat(method.events()).containsExactly(TimeoutEvent.TIMED_OUT);
        assertThat(method.detail(TimeoutEvent.TIMED_OUT))
                .isEqualTo(
                        new TimeoutEvent.TimedOut(Timeout.Scope.ATTEMPT, (CallTimeoutException) Results.failure(call)));
    }

    @Test
    void workThatIsCancelledIsNotLate() {
        PlannedMethod method = method(true);
        this.provider.thenWaits();

        method.start(this.provider);
        this.time.advance(Duration.ofHours(1));
        this.provider.future(1).complete("7.30");

        assertThat(method.events()).containsExactly(TimeoutEvent.TIMED_OUT);
    }

    @Test
    void workThatEndsLateIsToldOfWithItsLateness() {
        PlannedMethod method = method(false);
        this.provider.thenTakes(Duration.ofSeconds(5), "7.30");

        method.start(this.provider);
        this.time.advance(Duration.ofHours(1));

        assertThat(method.events()).containsExactly(TimeoutEvent.TIMED_OUT, TimeoutEvent.ENDED_LATE);
        assertThat(method.detail(TimeoutEvent.ENDED_LATE)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void theMessageNamesTheMethod() {
        PlannedMethod method = method(true);
        this.provider.thenWaits();

        CompletableFuture<String> call = method.start(this.provider);
        this.time.advance(LIMIT);

        assertThat(Results.failure(call)).hasMessageContaining(PlannedMethod.NAME);
    }
}
