package dev.settle.policy.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallPhase;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.LimitedSource;
import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.policy.retry.RetryEvent;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Inside a retry a timeout is for an attempt, outside it is for the whole call; and both together. */
class TimeoutScopeTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);
    private final RetryPolicy retry = RetryPolicy.times(9)
            .delay(SECOND, SECOND)
            .jitter(Jitter.NONE)
            .time(this.time)
            .build();

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private TimeoutPolicy timeout(Duration limit) {
        return TimeoutPolicy.of(limit, true, this.time);
    }

    @Test
    void insideARetryEachAttemptHasItsOwnTime() {
        this.provider.thenTakes(Duration.ofMillis(900), new IOException("reset"));
        this.provider.thenTakes(Duration.ofMillis(900), "7.30");
        PlannedMethod method = PlannedMethod.with(this.retry, timeout(SECOND));

        CompletableFuture<String> call = method.start(this.provider);
        this.time.advance(Duration.ofSeconds(3));

        assertThat(call).isCompletedWithValue("7.30");
    }

    @Test
    void insideARetryEachAttemptHasItsOwnSignal() {
        this.provider.thenWaits().thenWaits().thenAnswers("7.30");
        PlannedMethod method = PlannedMethod.with(this.retry, timeout(SECOND));

        method.start(this.provider);
        this.time.advance(Duration.ofSeconds(4));

        assertThat(this.provider.signals()).hasSize(3).doesNotHaveDuplicates();
        assertThat(this.provider.signals()).extracting(AbortSignal::aborted).containsExactly(true, true, false);
    }

    @Test
    void anAttemptThatTimesOutIsRetried() {
        this.provider.thenWaits().thenAnswers("7.30");
        PlannedMethod method = PlannedMethod.with(this.retry, timeout(SECOND));

        CompletableFuture<String> call = method.start(this.provider);
        this.time.advance(Duration.ofSeconds(2));

        assertThat(call).isCompletedWithValue("7.30");
        assertThat(method.events()).containsExactly(TimeoutEvent.TIMED_OUT, RetryEvent.RETRYING);
    }

    @Test
    void anAttemptThatTimesOutObeysTheExcludes() {
        this.provider.thenWaits();
        RetryPolicy selective = RetryPolicy.times(9)
                .excludes(CallTimeoutException.class)
                .time(this.time)
                .build();
        PlannedMethod method = PlannedMethod.with(selective, timeout(SECOND));

        CompletableFuture<String> call = method.start(this.provider);
        this.time.advance(SECOND);

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void theLastTimeoutReachesTheCallerWithTheEarlierOnesSuppressed() {
        this.provider.thenWaits();
        RetryPolicy twice = RetryPolicy.times(2)
                .delay(SECOND, SECOND)
                .jitter(Jitter.NONE)
                .time(this.time)
                .build();
        PlannedMethod method = PlannedMethod.with(twice, timeout(SECOND));

        CompletableFuture<String> call = method.start(this.provider);
        this.time.advance(Duration.ofSeconds(5));

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(Results.failure(call).getSuppressed()).hasSize(2).hasOnlyElementsOfType(CallTimeoutException.class);
    }

    @Test
    void outsideARetryItCoversTheDelaysAndEndsThePendingOne() {
        this.provider.thenFails();
        PlannedMethod method = PlannedMethod.with(timeout(Duration.ofMillis(2500)), this.retry);

        CompletableFuture<String> call = method.start(this.provider);
        this.time.advance(Duration.ofMillis(2500));

        assertThat(Results.failure(call)).isInstanceOfSatisfying(CallTimeoutException.class, timeout -> {
            assertThat(timeout.phase()).isEqualTo(CallPhase.WAITING_RETRY);
            assertThat(timeout.elapsed()).isEqualTo(Duration.ofMillis(2500));
        });
        assertThat(this.time.pending()).isZero();
        this.time.advance(Duration.ofHours(1));
        assertThat(this.provider.attempts()).isEqualTo(3);
    }

    @Test
    void outsideARetryItEndsTheRunningAttempt() {
        this.provider.thenFails().thenWaits();
        PlannedMethod method = PlannedMethod.with(timeout(Duration.ofMillis(2500)), this.retry);

        CompletableFuture<String> call = method.start(this.provider);
        this.time.advance(Duration.ofMillis(2500));

        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.phase()).isEqualTo(CallPhase.RUNNING));
        assertThat(this.provider.future(2)).isCancelled();
        assertThat(method.events()).containsExactly(RetryEvent.RETRYING, TimeoutEvent.TIMED_OUT);
    }

    @Test
    void bothTogetherTheInnerEndsAttemptsAndTheOuterTheCall() {
        this.provider.thenWaits();
        PlannedMethod method = PlannedMethod.with(timeout(Duration.ofMillis(4500)), this.retry, timeout(SECOND));

        CompletableFuture<String> call = method.start(this.provider);
        this.time.advance(Duration.ofMillis(4500));

        assertThat(this.provider.startedAt())
                .containsExactly(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.limit()).isEqualTo(Duration.ofMillis(4500)));
        assertThat(method.events())
                .containsExactly(
                        TimeoutEvent.TIMED_OUT,
                        RetryEvent.RETRYING,
                        TimeoutEvent.TIMED_OUT,
                        RetryEvent.RETRYING,
                        TimeoutEvent.TIMED_OUT);
    }

    @Test
    void whenBothAreDueTogetherTheCallIsOver() {
        this.provider.thenWaits();
        PlannedMethod method = PlannedMethod.with(timeout(SECOND), this.retry, timeout(SECOND));

        CompletableFuture<String> call = method.start(this.provider);
        this.time.advance(Duration.ofHours(1));

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void theInnerOfTwoTimeoutsLetsTheOuterGo() {
        this.provider.thenWaits();
        PlannedMethod method = PlannedMethod.with(timeout(Duration.ofSeconds(5)), timeout(SECOND));

        CompletableFuture<String> call = method.start(this.provider);
        this.time.advance(SECOND);

        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.limit()).isEqualTo(SECOND));
        assertThat(this.time.pending()).isZero();
        assertThat(method.events()).containsExactly(TimeoutEvent.TIMED_OUT);
    }

    @Test
    void cancellingStopsBothAndTellsNoTimeout() {
        this.provider.thenWaits();
        PlannedMethod method = PlannedMethod.with(timeout(Duration.ofSeconds(5)), this.retry, timeout(SECOND));

        CompletableFuture<String> call = method.start(this.provider);
        call.cancel(true);
        this.time.advance(Duration.ofHours(1));

        assertThat(call).isCancelled();
        assertThat(method.events()).isEmpty();
        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void theSignalTellsTheNearestDeadline() {
        List<Duration> remaining = new ArrayList<>();
        PlannedMethod method =
                PlannedMethod.with(timeout(Duration.ofMillis(2500)), this.retry, timeout(Duration.ofSeconds(2)));

        method.start(() -> {
            remaining.add(AbortSignal.current().remaining().orElseThrow());
            throw new IOException("refused");
        });
        this.time.advance(Duration.ofMillis(2500));

        assertThat(remaining).containsExactly(Duration.ofSeconds(2), Duration.ofMillis(1500), Duration.ofMillis(500));
    }

    @Test
    void theDeadlineOfACallOutsideIsTheNearestIfItIsNearer() {
        List<Duration> remaining = new ArrayList<>();
        TimeoutPolicy outer = timeout(Duration.ofMillis(700));
        PlannedMethod inner = PlannedMethod.with(this.retry, timeout(SECOND));

        CompletableFuture<String> call = outer.call(() -> inner.start(() -> {
            remaining.add(AbortSignal.current().remaining().orElseThrow());
            return new CompletableFuture<>();
        }));
        this.time.advance(Duration.ofMillis(700));

        assertThat(remaining).containsExactly(Duration.ofMillis(700));
        assertThat(call).isCompletedExceptionally();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void theDeadlineOfThePassedSignalIsTheNearestIfItIsNearer() {
        List<Duration> remaining = new ArrayList<>();
        AbortSource passed = new LimitedSource(
                AbortSignal.never(), this.time, Duration.ofMillis(300).toNanos()) {};
        PlannedMethod method = PlannedMethod.with(timeout(SECOND));

        CompletableFuture<String> call = method.start(passed, () -> {
            remaining.add(AbortSignal.current().remaining().orElseThrow());
            return new CompletableFuture<>();
        });
        passed.abort(AbortReason.application("over"));

        assertThat(remaining).containsExactly(Duration.ofMillis(300));
        assertThat(call).isCancelled();
    }

    @Test
    void withoutATimeoutThereIsNoDeadline() {
        this.provider.thenAnswers("7.30");

        PlannedMethod.with(this.retry).start(this.provider);

        assertThat(this.provider.signals().get(0).remaining()).isEmpty();
    }
}
