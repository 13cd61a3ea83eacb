package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code maxDuration}: nothing starts that could not start in time. */
class RetryTimeLimitTests {

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private RetryPolicy.Builder retry(Duration delay, Duration within) {
        return RetryPolicy.times(1_000)
                .delay(delay, Duration.ofHours(1))
                .jitter(Jitter.NONE)
                .within(within)
                .time(this.time);
    }

    @Test
    void aDelayThatLeadsBeyondTheLimitIsNotWaitedFor() {
        this.provider.thenFails();
        CompletableFuture<String> call = retry(Duration.ofMillis(500), Duration.ofSeconds(1))
                .multiplier(4)
                .build()
                .call(this.provider);

        this.time.advance(Duration.ofMillis(500));

        assertThat(Results.failure(call)).hasMessage("attempt 2");
    }

    @Test
    void anAttemptThatWouldStartExactlyAtTheLimitDoesNotStart() {
        this.provider.thenFails();
        CompletableFuture<String> call = retry(Duration.ofMillis(250), Duration.ofSeconds(1))
                .multiplier(1)
                .build()
                .call(this.provider);

        this.time.advance(Duration.ofMillis(750));

        assertThat(Results.failure(call)).hasMessage("attempt 4");
        assertThat(this.provider.startedAt())
                .containsExactly(Duration.ZERO, Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(750));
    }

    @Test
    void theTimeThatAttemptsTakeCounts() {
        this.provider.thenTakes(Duration.ofMillis(400), new IOException("reset"));
        CompletableFuture<String> call = retry(Duration.ofMillis(100), Duration.ofSeconds(1))
                .multiplier(1)
                .build()
                .call(this.provider);

        this.time.advance(Duration.ofMillis(900));

        assertThat(Results.failure(call)).hasMessage("reset");
        assertThat(this.provider.startedAt()).containsExactly(Duration.ZERO, Duration.ofMillis(500));
    }

    @Test
    void anAttemptThatHasStartedMayEndAfterTheLimit() {
        this.provider.thenFails().thenTakes(Duration.ofMinutes(1), "7.30");
        CompletableFuture<String> call =
                retry(Duration.ofMillis(100), Duration.ofSeconds(1)).build().call(this.provider);

        this.time.advance(Duration.ofMinutes(2));

        assertThat(call).isCompletedWithValue("7.30");
    }

    @Test
    void theLimitIsForEachCallAnew() {
        this.provider.thenFails();
        RetryPolicy retry = retry(Duration.ofMillis(600), Duration.ofSeconds(1)).build();

        retry.call(this.provider);
        this.time.advance(Duration.ofMinutes(1));
        retry.call(this.provider);
        this.time.advance(Duration.ofMinutes(1));

        assertThat(this.provider.attempts()).isEqualTo(4);
    }

    @Test
    void aLimitOfThreeHundredYearsIsNone() {
        this.provider.thenFails().thenFails().thenAnswers("7.30");
        CompletableFuture<String> call = retry(Duration.ofMillis(600), Duration.ofDays(300 * 365L))
                .build()
                .call(this.provider);

        this.time.advance(Duration.ofMinutes(1));

        assertThat(call).isCompletedWithValue("7.30");
    }
}
