package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A call that is given up is not tried again. */
class RetryCancelTests {

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);
    private final AbortSource stopping = new AbortSource();
    private final PlannedMethod method = PlannedMethod.with(RetryPolicy.times(3)
                    .delay(Duration.ofMinutes(1), Duration.ofMinutes(1))
                    .jitter(Jitter.NONE)
                    .time(this.time)
                    .build())
            .stoppingWith(this.stopping);

    @Test
    void cancellingDuringTheDelaySettlesAtOnceAndLeavesNoTimerAndNoFurtherAttempt() {
        this.provider.thenFails();
        CompletableFuture<String> call = this.method.start(this.provider);

        boolean cancelled = call.cancel(true);

        assertThat(cancelled).isTrue();
        assertThat(call).isCancelled();
        assertThat(this.time.pending()).isZero();
        this.time.advance(Duration.ofHours(1));
        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void cancellingDuringTheDelayTellsTheReason() {
        this.provider.thenFails();
        CompletableFuture<String> call = this.method.start(this.provider);

        call.cancel(true);

        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason().kind()).isEqualTo(Kind.CALLER_CANCELLED));
    }

    @Test
    void cancellingDuringAnAttemptCancelsTheMethodsOwnFuture() {
        this.provider.thenFails().thenWaits();
        CompletableFuture<String> call = this.method.start(this.provider);
        this.time.advance(Duration.ofMinutes(1));

        call.cancel(true);

        assertThat(this.provider.future(2)).isCancelled();
        assertThat(call).isCancelled();
        this.time.advance(Duration.ofHours(1));
        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void aMethodsOwnCancellationIsNotRetried() {
        this.provider.thenWaits();
        CompletableFuture<String> call = this.method.start(this.provider);

        this.provider.future(1).cancel(true);

        assertThat(call).isCancelled();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aFailureAfterTheCancelIsNotRetried() {
        this.provider.then(() -> new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        });
        CompletableFuture<String> call = this.method.start(this.provider);
        call.cancel(true);

        this.provider.future(1).completeExceptionally(new IOException("reset"));

        assertThat(call).isCancelled();
        assertThat(this.time.pending()).isZero();
        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void theSignalOfTheWorkIsOneForAllAttempts() {
        this.provider.thenFails().thenFails().thenAnswers("7.30");
        this.method.start(this.provider);
        this.time.advance(Duration.ofHours(1));

        assertThat(this.provider.signals()).hasSize(3);
        assertThat(this.provider.signals().get(2))
                .isSameAs(this.provider.signals().get(0));
    }

    @Test
    void anAbortedSignalThatTheCallerPassedEndsTheDelay() {
        this.provider.thenFails();
        AbortSource passed = new AbortSource();
        CompletableFuture<String> call = this.method.start(passed, this.provider);

        passed.abort(AbortReason.application("enough"));

        assertThat(Results.failure(call)).isInstanceOf(AbortedException.class).hasMessage("enough");
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aCallUnderAnAbortedSignalIsNotAttempted() {
        this.provider.thenAnswers("7.30");
        AbortSource passed = new AbortSource();
        passed.abort(AbortReason.application("enough"));

        CompletableFuture<String> call = this.method.start(passed, this.provider);

        assertThat(call).isCancelled();
        assertThat(this.provider.attempts()).isZero();
    }

    @Test
    void whenTheApplicationStopsNobodyWaitsForBetterTimes() {
        IOException failure = new IOException("reset");
        this.provider.thenFails(failure);
        CompletableFuture<String> call = this.method.start(this.provider);

        this.stopping.abort(AbortReason.shutdown("closing"));

        assertThat(Results.failure(call))
                .isInstanceOf(AbortedException.class)
                .hasSuppressedException(failure)
                .extracting(aborted -> ((AbortedException) aborted).reason().kind())
                .isEqualTo(Kind.SHUTDOWN);
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void whileTheApplicationStopsAFailureIsTheLast() {
        IOException failure = new IOException("reset");
        this.provider.thenWaits();
        CompletableFuture<String> call = this.method.start(this.provider);
        this.stopping.abort(AbortReason.shutdown("closing"));

        this.provider.future(1).completeExceptionally(failure);

        assertThat(Results.failure(call)).isSameAs(failure);
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aCallerThreadThatIsInterruptedInADelayGivesUpAndStaysInterrupted() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        IOException failure = new IOException("refused");
        Thread caller = new Thread(() -> {
            thrown.complete(catchThrowable(() -> this.method.call(() -> {
                failed.countDown();
                throw failure;
            })));
            flag.complete(Thread.currentThread().isInterrupted());
        });

        caller.start();
        Results.await(failed);
        caller.interrupt();

        assertThat(Results.await(thrown))
                .isInstanceOf(AbortedException.class)
                .isInstanceOf(CancellationException.class)
                .extracting(aborted -> ((AbortedException) aborted).reason().kind())
                .isEqualTo(Kind.CALLER_CANCELLED);
        assertThat(Results.await(flag)).as("interrupted again").isTrue();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void anInterruptThatTheMethodItselfMetIsItsOwnFailure() throws Throwable {
        InterruptedException own = new InterruptedException("met in the method");

        Throwable thrown = catchThrowable(() -> this.method.call(() -> {
            throw own;
        }));

        assertThat(thrown).isSameAs(own);
    }
}
