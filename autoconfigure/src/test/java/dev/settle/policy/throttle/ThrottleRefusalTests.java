package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.CallTimeoutException;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.core.LineEvent;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that are not let in, and what that costs. */
class ThrottleRefusalTests {

    private static final Duration WINDOW = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time).thenAnswers("7.30");

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private ThrottlePolicy.Builder sliding(int limit) {
        return ThrottlePolicy.sliding(limit, WINDOW).time(this.time);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static ThrowingConsumer<Throwable> refused(Reason reason, Duration retryAfter) {
        return failure -> assertThat(failure).isInstanceOfSatisfying(CallRejectedException.class, refused -> {
            assertThat(refused.policy()).isEqualTo("throttle");
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.retryAfter()).contains(retryAfter);
        });
    }

    @Test
    void beyondTheLimitACallIsRefusedWithTheTimeAtWhichItMayComeAgain() {
        PlannedMethod method =
                PlannedMethod.with(sliding(2).excess(Excess.REJECT).build());
        method.start(this.provider);
        this.time.advance(millis(30));
        method.start(this.provider);

        CompletableFuture<String> third = method.start(this.provider);

        assertThat(Results.failure(third)).satisfies(refused(Reason.RATE, millis(70)));
        assertThat(Results.failure(third)).hasMessageContaining(PlannedMethod.NAME);
        assertThat(method.events()).containsExactly(LineEvent.REJECTED);
        assertThat(method.detail(LineEvent.REJECTED)).isSameAs(Results.failure(third));
    }

    @Test
    void aCallThatComesAgainWhenItWasToldToStarts() {
        ThrottlePolicy throttle = sliding(1).excess(Excess.REJECT).build();
        throttle.call(this.provider);
        this.time.advance(millis(1));
        CallRejectedException refused = (CallRejectedException) Results.failure(throttle.call(this.provider));

        this.time.advance(refused.retryAfter().orElseThrow());

        assertThat(throttle.call(this.provider)).isCompletedWithValue("7.30");
    }

    @Test
    void refusedCallsDoNotCount() {
        ThrottlePolicy throttle = sliding(2).excess(Excess.REJECT).build();

        for (int i = 0; i < 1000; i++) {
            throttle.call(this.provider);
            throttle.call(this.provider);
            throttle.call(this.provider);
            this.time.advance(millis(1));
        }

        assertThat(this.provider.attempts()).isEqualTo(20);
    }

    @Test
    void aWaitThatWouldBeTooLongIsRefusedAtOnceAndCostsNothing() {
        ThrottlePolicy throttle = sliding(1).maxWait(millis(50)).build();
        throttle.call(this.provider);
        this.time.advance(millis(20));

        CompletableFuture<String> doomed = throttle.call(this.provider);
        assertThat(Results.failure(doomed)).satisfies(refused(Reason.WAIT_EXCEEDED, millis(80)));

        this.time.advance(millis(80));
        assertThat(throttle.call(this.provider)).isCompletedWithValue("7.30");
    }

    @Test
    void aWaitOfTheLongestTimeIsNotTooLong() {
        ThrottlePolicy throttle = sliding(1).maxWait(WINDOW).build();
        throttle.call(this.provider);
        CompletableFuture<String> second = throttle.call(this.provider);

        this.time.advance(WINDOW);

        assertThat(second).isCompletedWithValue("7.30");
    }

    @Test
    void howLongAWaitWouldBeDependsOnThoseWhoWaitAlready() {
        ThrottlePolicy throttle = sliding(2).maxWait(millis(150)).build();
        for (int i = 0; i < 4; i++) {
            throttle.call(this.provider);
        }

        CompletableFuture<String> fifth = throttle.call(this.provider);

        assertThat(Results.failure(fifth)).satisfies(refused(Reason.WAIT_EXCEEDED, millis(200)));
        this.time.advance(WINDOW);
        assertThat(this.provider.attempts()).isEqualTo(4);
    }

    @Test
    void aWaitBeyondTheCallsOwnDeadlineIsRefusedAtOnce() {
        PlannedMethod method = PlannedMethod.with(
                TimeoutPolicy.of(millis(99), true, this.time), sliding(1).build());
        method.start(this.provider);

        CompletableFuture<String> doomed = method.start(this.provider);

        assertThat(Results.failure(doomed)).satisfies(refused(Reason.WAIT_EXCEEDED, WINDOW));
    }

    @Test
    void aWaitThatEndsBeforeTheCallsOwnDeadlineIsNotRefused() {
        PlannedMethod method = PlannedMethod.with(
                TimeoutPolicy.of(millis(101), true, this.time), sliding(1).build());
        method.start(this.provider);
        CompletableFuture<String> second = method.start(this.provider);

        this.time.advance(millis(200));

        assertThat(second).isCompletedWithValue("7.30");
    }

    @Test
    void pacingIsNotSlownessForATimeoutInside() {
        Provider slow = new Provider(this.time).thenTakes(millis(40), "7.30").thenTakes(millis(60), "8.10");
        PlannedMethod method = PlannedMethod.with(sliding(1).build(), TimeoutPolicy.of(millis(50), true, this.time));
        CompletableFuture<String> first = method.start(slow);
        CompletableFuture<String> second = method.start(slow);

        this.time.advance(millis(149));
        assertThat(first).isCompletedWithValue("7.30");
        assertThat(second).isNotDone();
        this.time.advance(millis(100));

        assertThat(Results.failure(second)).isInstanceOf(CallTimeoutException.class);
    }

    @Test
    void oneMoreThanMayWaitIsRefused() {
        ThrottlePolicy throttle = sliding(1).queueCapacity(3).build();
        for (int i = 0; i < 4; i++) {
            throttle.call(this.provider);
        }

        assertThat(Results.failure(throttle.call(this.provider))).satisfies(refused(Reason.QUEUE_FULL, millis(400)));

        this.time.advance(WINDOW);
        CompletableFuture<String> again = throttle.call(this.provider);
        assertThat(again).isNotDone();
        this.time.advance(millis(300));
        assertThat(again).isCompletedWithValue("7.30");
    }

    @Test
    void aLineThatHasDrainedIsEmpty() {
        ThrottlePolicy throttle = sliding(1).queueCapacity(3).build();

        for (int i = 0; i < 5; i++) {
            for (int k = 0; k < 4; k++) {
                throttle.call(this.provider);
            }
            this.time.advance(millis(400));
        }

        assertThat(this.provider.attempts()).isEqualTo(20);
    }

    @Test
    void whoeverLeavesMakesRoomInTheLine() {
        ThrottlePolicy throttle = sliding(1).queueCapacity(1).build();
        throttle.call(this.provider);
        throttle.call(this.provider).cancel(true);

        CompletableFuture<String> third = throttle.call(this.provider);
        this.time.advance(WINDOW);

        assertThat(third).isCompletedWithValue("7.30");
    }

    @Test
    void withoutALineACallThatNeedNotWaitIsLetIn() {
        ThrottlePolicy throttle = sliding(1).queueCapacity(0).build();

        assertThat(throttle.call(this.provider)).isCompletedWithValue("7.30");
        assertThat(Results.failure(throttle.call(this.provider))).satisfies(refused(Reason.QUEUE_FULL, WINDOW));
    }

    @Test
    void withoutPatienceACallThatNeedNotWaitIsLetIn() {
        ThrottlePolicy throttle = sliding(1).maxWait(Duration.ZERO).build();

        assertThat(throttle.call(this.provider)).isCompletedWithValue("7.30");
        assertThat(Results.failure(throttle.call(this.provider))).satisfies(refused(Reason.WAIT_EXCEEDED, WINDOW));
    }

    @Test
    void theRestOfAWindowOfSmoothStartsIsTold() {
        ThrottlePolicy throttle = ThrottlePolicy.smooth(4, WINDOW, 2)
                .excess(Excess.REJECT)
                .time(this.time)
                .build();
        throttle.call(this.provider);
        throttle.call(this.provider);
        this.time.advance(millis(10));

        assertThat(Results.failure(throttle.call(this.provider))).satisfies(refused(Reason.RATE, millis(15)));
    }
}
