package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Throttle.Type;
import dev.settle.core.LineEvent;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.time.SlowWorkers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A start counts when it happens: between the turn of a call and its start, a worker may take its time. */
class ThrottleStartTests {

    private static final Duration WINDOW = Duration.ofMillis(100);

    private final SlowWorkers time = new SlowWorkers();
    private final Provider provider = new Provider(this.time).thenAnswers("7.30");

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private ThrottlePolicy throttle(Type type) {
        ThrottlePolicy.Builder throttle =
                (type == Type.SLIDING) ? ThrottlePolicy.sliding(1, WINDOW) : ThrottlePolicy.smooth(1, WINDOW, 1);
        return throttle.time(this.time).build();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private void advance(long millis) {
        this.time.advance(millis(millis));
    }

    @ParameterizedTest
    @EnumSource
    void aTurnThatHasNotStartedYetHoldsTheNextBack(Type type) {
        ThrottlePolicy throttle = throttle(type);
        throttle.call(this.provider);
        throttle.call(this.provider);
        throttle.call(this.provider);

        advance(100);
        advance(500);
        assertThat(this.time.handedOver()).as("turns").isEqualTo(1);
        this.time.work();
        assertThat(this.provider.attempts()).isEqualTo(2);
        advance(100);
        this.time.work();

        assertThat(this.provider.startedAt()).containsExactly(millis(0), millis(600), millis(700));
    }

    @ParameterizedTest
    @EnumSource
    void aTurnThatIsGivenUpBeforeItStartsCostsNothing(Type type) {
        ThrottlePolicy throttle = throttle(type);
        throttle.call(this.provider);
        CompletableFuture<String> second = throttle.call(this.provider);
        throttle.call(this.provider);
        advance(100);

        second.cancel(true);
        advance(20);
        this.time.work();

        assertThat(this.provider.startedAt()).containsExactly(millis(0), millis(120));
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatLeavesTheLineCostsNothing(Type type) {
        ThrottlePolicy throttle = throttle(type);
        throttle.call(this.provider);
        CompletableFuture<String> second = throttle.call(this.provider);
        CompletableFuture<String> third = throttle.call(this.provider);

        second.cancel(true);
        advance(100);
        this.time.work();

        assertThat(second).isCancelled();
        assertThat(third).isCompletedWithValue("7.30");
        assertThat(this.provider.startedAt()).containsExactly(millis(0), millis(100));
    }

    @ParameterizedTest
    @EnumSource
    void theLastToLeaveTheLineTakesItsTimerAlong(Type type) {
        ThrottlePolicy throttle = throttle(type);
        throttle.call(this.provider);

        throttle.call(this.provider).cancel(true);

        assertThat(this.time.pending()).isZero();
        advance(100);
        throttle.call(this.provider);
        assertThat(this.provider.startedAt()).containsExactly(millis(0), millis(100));
    }

    @ParameterizedTest
    @EnumSource
    void aCallWhoseWaitIsOverCostsNothing(Type type) {
        PlannedMethod method = PlannedMethod.with(throttle(type));
        method.start(this.provider);
        AbortSource passed = new AbortSource();
        CompletableFuture<String> second = method.start(passed, this.provider);
        method.start(this.provider);

        passed.abort(new AbortReason(AbortReason.Kind.TIMEOUT, "too late", null));
        advance(100);
        this.time.work();

        assertThat(second).isCompletedExceptionally();
        assertThat(this.provider.startedAt()).containsExactly(millis(0), millis(100));
    }

    @Test
    void aCallThatIsAbortedFromTheBeginningNeitherStartsNorCosts() {
        PlannedMethod method = PlannedMethod.with(throttle(Type.SLIDING));
        AbortSource passed = new AbortSource();
        passed.abort(AbortReason.application("enough"));

        CompletableFuture<String> call = method.start(passed, this.provider);
        method.start(this.provider);

        assertThat(Results.failure(call)).isInstanceOf(AbortedException.class).hasMessage("enough");
        assertThat(this.provider.startedAt()).containsExactly(millis(0));
    }

    @Test
    void aCallIsRefusedAfterItsLongestWaitWhenTheTurnBeforeItDoesNotStart() {
        ThrottlePolicy throttle = ThrottlePolicy.sliding(1, WINDOW)
                .maxWait(millis(200))
                .time(this.time)
                .build();
        PlannedMethod method = PlannedMethod.with(throttle);
        method.start(this.provider);
        method.start(this.provider);
        CompletableFuture<String> third = method.start(this.provider);

        advance(199);
        assertThat(third).isNotDone();
        advance(1);

        assertThat(Results.failure(third))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED));
        assertThat(method.events())
                .containsExactly(
                        LineEvent.WAITING, LineEvent.WAITING, LineEvent.LET_IN, LineEvent.REJECTED, LineEvent.LEFT);
        this.time.work();
        assertThat(this.provider.startedAt()).containsExactly(millis(0), millis(200));
    }

    @Test
    void aTurnThatComesAtTheEndOfTheLongestWaitWins() {
        ThrottlePolicy throttle = ThrottlePolicy.sliding(1, WINDOW)
                .maxWait(WINDOW)
                .time(this.time)
                .build();
        throttle.call(this.provider);
        CompletableFuture<String> second = throttle.call(this.provider);

        advance(100);
        this.time.work();

        assertThat(second).isCompletedWithValue("7.30");
    }
}
