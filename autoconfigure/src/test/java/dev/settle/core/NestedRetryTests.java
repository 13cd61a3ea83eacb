package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry.Jitter;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Retries around retries, and failures before there is a future. */
class NestedRetryTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);

    private RetryPolicy.Builder retry(int maxRetries) {
        return RetryPolicy.times(maxRetries)
                .delay(SECOND, SECOND)
                .jitter(Jitter.NONE)
                .time(this.time);
    }

    @Test
    void aCancelInTheInnerDelayEndsBothAndIsToldOnce() {
        AtomicInteger told = new AtomicInteger();
        this.provider.thenFails();
        CompletableFuture<String> call =
                retry(3).build().around(retry(3).build()).call(this.provider);
        call.whenComplete((value, failure) -> told.incrementAndGet());

        call.cancel(true);
        this.time.advance(Duration.ofHours(1));

        assertThat(call).isCancelled();
        assertThat(told).hasValue(1);
        assertThat(this.provider.attempts()).isEqualTo(1);
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aCancelInTheOuterDelayEndsBoth() {
        this.provider.thenFails();
        CompletableFuture<String> call =
                retry(3).build().around(retry(1).build()).call(this.provider);
        this.time.advance(SECOND);

        call.cancel(true);
        this.time.advance(Duration.ofHours(1));

        assertThat(call).isCancelled();
        assertThat(this.provider.attempts()).isEqualTo(2);
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void attemptsMultiply() {
        this.provider.thenFails();
        CompletableFuture<String> call =
                retry(3).build().around(retry(2).build()).call(this.provider);
        this.time.advance(Duration.ofMinutes(1));

        assertThat(call).isCompletedExceptionally();
        assertThat(this.provider.attempts()).isEqualTo(4 * 3);
    }

    @Test
    void anExcludedFailureThatIsThrownBeforeThereIsAFutureComesThroughTheFuture() {
        IOException failure = new IOException("no route");
        this.provider.thenThrows(failure);
        CompletableFuture<String> call =
                retry(3).on(thrown -> !(thrown instanceof IOException)).build().call(this.provider);

        assertThat(Results.failure(call)).isSameAs(failure);
        assertThat(this.provider.attempts()).isEqualTo(1);
    }
}
