package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many attempts, and delays that end twice at once. */
class RetryStressTests {

    private static final int ATTEMPTS = 10_000;

    private static final long SMALL_STACK = 256 * 1024;

    private static RetryPolicy undelayed(TimeSource time) {
        return RetryPolicy.times(ATTEMPTS - 1)
                .delay(Duration.ZERO, Duration.ZERO)
                .jitter(Jitter.NONE)
                .time(time)
                .build();
    }

    private static void onSmallStack(Runnable task) throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        new Thread(null, () -> ended.complete(catchThrowable(task::run)), "small stack", SMALL_STACK).start();
        assertThat(Results.await(ended)).isNull();
    }

    @Test
    void tenThousandFailuresInARowDoNotOverflowTheStack() throws Exception {
        VirtualTime time = new VirtualTime();
        Provider provider = new Provider(time).thenThrows(new IOException("refused"));

        onSmallStack(() -> {
            CompletableFuture<String> call = undelayed(time).call(provider);
            time.run();
            assertThat(Results.failure(call)).hasMessage("refused");
        });

        assertThat(provider.attempts()).isEqualTo(ATTEMPTS);
    }

    @Test
    void tenThousandFailuresOfASynchronousMethodDoNotOverflowTheStack() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        PlannedMethod method = PlannedMethod.with(undelayed(TimeSource.system()));

        onSmallStack(() -> assertThat(catchThrowable(() -> method.call(() -> {
                    attempts.incrementAndGet();
                    throw new IOException("refused");
                })))
                .hasMessage("refused"));

        assertThat(attempts).hasValue(ATTEMPTS);
    }

    @Test
    void theEndOfADelayAgainstACancelHasOneWinnerAndLeavesNothing() throws Exception {
        for (int round = 0; round < 3_000; round++) {
            VirtualTime time = new VirtualTime();
            Provider provider = new Provider(time).thenFails().thenAnswers("7.30");
            CompletableFuture<String> call = undelayed(time).call(provider);
            CountDownLatch together = new CountDownLatch(2);
            Thread timer = new Thread(() -> {
                together.countDown();
                awaitQuietly(together);
                time.run();
            });

            timer.start();
            together.countDown();
            for (int i = ThreadLocalRandom.current().nextInt(200); i > 0; i--) {
                Thread.onSpinWait();
            }
            call.cancel(true);
            timer.join();

            assertThat(call).isDone();
            assertThat(time.pending()).isZero();
            if (call.isCancelled()) {
                assertThat(provider.attempts()).isBetween(1, 2);
            } else {
                assertThat(call).isCompletedWithValue("7.30");
                assertThat(provider.attempts()).isEqualTo(2);
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            Results.await(latch);
        } catch (InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }
}
