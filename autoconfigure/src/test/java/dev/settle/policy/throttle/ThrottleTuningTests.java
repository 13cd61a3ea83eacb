package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the calls beyond the limit changes, and what becomes of those who wait when anything does. */
class ThrottleTuningTests {

    private final VirtualTime time = new VirtualTime();
    private final TunedThrottle throttle = TunedThrottle.sliding(1, 100, this.time);

    private static WaitBounds bounds(long maxWaitMillis, int queueCapacity) {
        return new WaitBounds(Duration.ofMillis(maxWaitMillis), queueCapacity);
    }

    private static void assertRefused(CompletableFuture<?> call, Reason reason) {
        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @AfterEach
    void nobodyWaitsAndNoTimerIsLeft() {
        assertThat(this.throttle.step().state()).isEqualTo(Map.of("waiting", 0L));
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void whoWaitsGoesOnWaitingWhenLaterCallsAreRefused() {
        this.throttle.call(2);

        this.throttle.tune(Excess.REJECT, WaitBounds.DEFAULT);

        assertRefused(this.throttle.call(), Reason.RATE);
        this.throttle.advance(100);
        assertThat(this.throttle.starts()).containsExactly(0L, 100L);
    }

    @Test
    void laterCallsShareARunThatStartsAfterThoseWhoWait() {
        this.throttle.call(2);

        this.throttle.tune(Excess.SHARE, WaitBounds.DEFAULT);
        List<CompletableFuture<String>> sharing = this.throttle.call(3);
        this.throttle.advance(200);

        assertThat(this.throttle.starts()).containsExactly(0L, 100L, 200L);
        assertThat(sharing).allMatch(call -> !call.isCompletedExceptionally());
    }

    @Test
    void aRunThatIsSharedStartsBeforeLaterCallsThatWait() {
        this.throttle.tune(Excess.SHARE, WaitBounds.DEFAULT);
        this.throttle.call();
        List<CompletableFuture<String>> sharing = this.throttle.call(3);

        this.throttle.tune(Excess.WAIT, WaitBounds.DEFAULT);
        CompletableFuture<String> later = this.throttle.call();
        this.throttle.advance(100);
        assertThat(sharing).allMatch(CompletableFuture::isDone);
        assertThat(later).isNotDone();
        this.throttle.advance(100);

        assertThat(this.throttle.starts()).containsExactly(0L, 100L, 200L);
    }

    @Test
    void aHigherLimitLetsASharedRunStart() {
        this.throttle.tune(Excess.SHARE, WaitBounds.DEFAULT);
        this.throttle.call(4);

        this.throttle.tune(2, 100);

        assertThat(this.throttle.starts()).containsExactly(0L, 0L);
    }

    @Test
    void whoWaitsAlreadyKeepsItsTimeAndWhoComesLaterHasTheNewOne() {
        this.throttle.call(3);

        this.throttle.tune(Excess.WAIT, bounds(250, 1000));

        assertRefused(this.throttle.call(), Reason.WAIT_EXCEEDED);
        this.throttle.advance(200);
        assertThat(this.throttle.starts()).containsExactly(0L, 100L, 200L);
    }

    @Test
    void aShorterLineKeepsThoseWhoAreInIt() {
        this.throttle.call(4);

        this.throttle.tune(Excess.WAIT, bounds(30_000, 1));

        assertRefused(this.throttle.call(), Reason.QUEUE_FULL);
        this.throttle.advance(300);
        assertThat(this.throttle.starts()).hasSize(4);
    }

    @Test
    void whoCannotStartInTimeAnyMoreIsRefusedWhenItsTimeIsOver() {
        this.throttle.tune(Excess.WAIT, bounds(150, 1000));
        this.throttle.call();
        CompletableFuture<String> second = this.throttle.call();

        this.throttle.tune(1, 1000);
        this.throttle.advance(149);
        assertThat(second).isNotDone();
        this.throttle.advance(1);

        assertRefused(second, Reason.WAIT_EXCEEDED);
    }

    @Test
    void whoGivesUpAfterwardsCostsNoStart() {
        List<CompletableFuture<String>> calls = this.throttle.call(3);
        this.throttle.tune(1, 200);

        calls.get(1).cancel(true);
        this.throttle.advance(200);

        assertThat(this.throttle.starts()).containsExactly(0L, 200L);
        assertThat(calls.get(2)).isCompletedWithValue("7.30");
    }

    @Test
    void whoStillWaitsIsRefusedWhenTheApplicationStops() {
        List<CompletableFuture<String>> calls = this.throttle.call(3);
        this.throttle.tune(2, 100);

        this.throttle.stopping().abort(AbortReason.shutdown("closing"));

        assertRefused(calls.get(2), Reason.CLOSED);
        assertThat(this.throttle.starts()).containsExactly(0L, 0L);
    }

    @Test
    void itsStateIsHowManyWait() {
        this.throttle.call(4);
        assertThat(this.throttle.step().state()).isEqualTo(Map.of("waiting", 3L));

        this.throttle.tune(3, 100);

        assertThat(this.throttle.step().state()).isEqualTo(Map.of("waiting", 1L));
        this.throttle.advance(100);
    }

    @Test
    void lookingWaitsForNobodyWhoIsAtTheLine() throws Exception {
        synchronized (this.throttle.step().states().only().state()) {
            assertThat(Results.await(CompletableFuture.supplyAsync(
                            () -> this.throttle.step().state())))
                    .isEqualTo(Map.of("waiting", 0L));
        }
    }

    @Test
    void whatCountsStartsAndForWhomIsFixed() {
        assertThat(new ThrottleBinding().fixed()).containsExactlyInAnyOrder("key", "maxKeys", "scope", "type");
    }
}
