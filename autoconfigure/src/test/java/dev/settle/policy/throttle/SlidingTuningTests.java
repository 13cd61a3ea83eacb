package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.test.VirtualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limit and the window of a sliding throttle change: what has started goes on counting. */
class SlidingTuningTests {

    private final VirtualTime time = new VirtualTime();

    private TunedThrottle throttle(int limit, long window) {
        return TunedThrottle.sliding(limit, window, this.time);
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aHigherLimitLetsSoManyMoreStartAtOnce() {
        TunedThrottle throttle = throttle(1, 100);
        throttle.call(6);

        throttle.tune(3, 100);

        assertThat(throttle.starts()).containsExactly(0L, 0L, 0L);
        throttle.advance(100);
        assertThat(throttle.starts()).containsExactly(0L, 0L, 0L, 100L, 100L, 100L);
    }

    @Test
    void aLowerLimitCountsWhatHasStartedBefore() {
        TunedThrottle throttle = throttle(3, 100);
        throttle.call(3);
        throttle.advance(50);

        throttle.tune(1, 100);
        throttle.call(3);
        throttle.advance(250);

        assertThat(throttle.starts()).containsExactly(0L, 0L, 0L, 100L, 200L, 300L);
    }

    @Test
    void moreStartsThanALowerLimitAreWaitedForOneByOne() {
        TunedThrottle throttle = throttle(3, 100);
        for (int i = 0; i < 3; i++) {
            throttle.call();
            throttle.advance(30);
        }

        throttle.tune(2, 100);
        throttle.call(2);
        throttle.advance(100);

        assertThat(throttle.starts()).containsExactly(0L, 30L, 60L, 130L, 160L);
    }

    @Test
    void aLimitMayFallFarBelowWhatHasStarted() {
        TunedThrottle throttle = throttle(100, 100);
        throttle.call(100);

        throttle.tune(2, 100);
        throttle.call(4);
        throttle.advance(200);

        assertThat(throttle.starts().subList(100, 104)).containsExactly(100L, 100L, 200L, 200L);
    }

    @Test
    void aLimitMayRiseFarAboveWhatHasStarted() {
        TunedThrottle throttle = throttle(2, 100);
        throttle.call(105);

        throttle.tune(100, 100);

        assertThat(throttle.starts()).hasSize(100);
        throttle.advance(100);
        assertThat(throttle.starts()).hasSize(105);
    }

    @Test
    void aLongerWindowIsWaitedFor() {
        TunedThrottle throttle = throttle(1, 100);
        throttle.call(2);
        throttle.advance(50);

        throttle.tune(1, 300);
        throttle.advance(249);
        assertThat(throttle.starts()).containsExactly(0L);
        throttle.advance(1);

        assertThat(throttle.starts()).containsExactly(0L, 300L);
    }

    @Test
    void aShorterWindowIsOverEarlierAlsoForThoseWhoWait() {
        TunedThrottle throttle = throttle(1, 300);
        throttle.call(2);
        throttle.advance(50);

        throttle.tune(1, 100);
        throttle.advance(50);

        assertThat(throttle.starts()).containsExactly(0L, 100L);
    }

    @Test
    void whoeverMayStartByAShorterWindowStartsAtOnce() {
        TunedThrottle throttle = throttle(1, 300);
        throttle.call(2);
        throttle.advance(150);

        throttle.tune(1, 100);

        assertThat(throttle.starts()).containsExactly(0L, 150L);
    }

    @Test
    void aStartThatHasLeftTheShorterWindowIsForgotten() {
        TunedThrottle throttle = throttle(1, 100);
        throttle.call();
        throttle.advance(150);

        throttle.tune(1, 1000);
        throttle.call();

        assertThat(throttle.starts()).containsExactly(0L, 150L);
    }

    @Test
    void aTimerOfTheOldWindowDoesNotLetAnybodyIn() {
        TunedThrottle throttle = throttle(1, 100);
        throttle.call(3);

        throttle.tune(1, 200);
        throttle.tune(1, 150);
        throttle.advance(149);
        assertThat(throttle.starts()).containsExactly(0L);
        throttle.advance(151);

        assertThat(throttle.starts()).containsExactly(0L, 150L, 300L);
    }

    @Test
    void theSameSettingsChangeNothing() {
        TunedThrottle throttle = throttle(2, 100);
        throttle.call(4);
        throttle.advance(40);

        throttle.tune(2, 100);
        throttle.advance(60);

        assertThat(throttle.starts()).containsExactly(0L, 0L, 100L, 100L);
    }

    @Test
    void itsNameShowsTheSettingsOfNow() {
        TunedThrottle throttle = throttle(1, 100);

        throttle.tune(5, 2000);

        assertThat(throttle.step()).hasToString("Throttle 5 in 2 s");
    }
}
