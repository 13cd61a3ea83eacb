package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.test.VirtualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limit, the window and the burst of a smooth throttle change: it is as many starts ahead of its time as before. */
class SmoothTuningTests {

    private final VirtualTime time = new VirtualTime();

    private TunedThrottle throttle(int limit, int burst) {
        return TunedThrottle.smooth(limit, 1000, burst, this.time);
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void atALowerRateThePartOfThePauseThatIsLeftBecomesLonger() {
        TunedThrottle throttle = throttle(10, 1);
        throttle.call(3);
        throttle.advance(50);

        throttle.tune(5, 1000);
        throttle.advance(300);

        assertThat(throttle.starts()).containsExactly(0L, 150L, 350L);
    }

    @Test
    void atAHigherRateThePartOfThePauseThatIsLeftBecomesShorter() {
        TunedThrottle throttle = throttle(10, 1);
        throttle.call(3);
        throttle.advance(20);

        throttle.tune(20, 1000);
        throttle.advance(90);

        assertThat(throttle.starts()).containsExactly(0L, 60L, 110L);
    }

    @Test
    void aLongerWindowIsALowerRate() {
        TunedThrottle throttle = throttle(10, 1);
        throttle.call(2);

        throttle.tune(10, 3000);
        throttle.advance(300);

        assertThat(throttle.starts()).containsExactly(0L, 300L);
    }

    @Test
    void aLargerBurstLetsSoManyMoreStartAtOnce() {
        TunedThrottle throttle = throttle(10, 1);
        throttle.call(4);

        throttle.tune(10, 1000, 3);

        assertThat(throttle.starts()).containsExactly(0L, 0L, 0L);
        throttle.advance(100);
        assertThat(throttle.starts()).containsExactly(0L, 0L, 0L, 100L);
    }

    @Test
    void aSmallerBurstCountsWhatHasStartedTogether() {
        TunedThrottle throttle = throttle(10, 3);
        throttle.call(3);

        throttle.tune(10, 1000, 1);
        throttle.call(2);
        throttle.advance(400);

        assertThat(throttle.starts()).containsExactly(0L, 0L, 0L, 300L, 400L);
    }

    @Test
    void afterAPauseThereIsNothingToBeAheadOf() {
        TunedThrottle throttle = throttle(10, 1);
        throttle.call();
        throttle.advance(100);

        throttle.tune(1, 1000);
        throttle.call();

        assertThat(throttle.starts()).containsExactly(0L, 100L);
    }
}
