package dev.settle.time;

import static dev.settle.time.HandClock.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Garbage;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is cancelled is gone, and what is left of it is swept. */
class CancelledTimersTests {

    private static final long HOUR = 3_600_000 * MILLI;

    private final HandClock clock = new HandClock();
    private final Timers timers = this.clock.timers;
    private final Runnable task = () -> {};

    /** A task that nobody else has. */
    private static Runnable own() {
        return new ArrayList<>()::clear;
    }

    private List<TimeSource.Timer> arm(int number) {
        List<TimeSource.Timer> armed = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            armed.add(this.timers.arm(HOUR + i * MILLI, this.task));
        }
        return armed;
    }

    @Test
    void cancelledTimerDoesNotFire() {
        TimeSource.Timer timer = this.timers.arm(MILLI, this.task);
        this.clock.turn();

        timer.cancel();
        this.clock.runFor(10 * MILLI);

        assertThat(this.clock.handed).isEmpty();
    }

    @Test
    void cancelAgainOrAfterTheTimerHasFiredIsHarmless() {
        TimeSource.Timer cancelled = this.timers.arm(HOUR, this.task);
        TimeSource.Timer fired = this.timers.arm(MILLI, this.task);
        this.timers.arm(HOUR, this.task);
        this.clock.runFor(3 * MILLI);

        cancelled.cancel();
        cancelled.cancel();
        fired.cancel();

        assertThat(this.timers.pending()).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void taskIsCollectableRightAfterCancel(boolean collected) {
        Runnable own = own();
        WeakReference<Runnable> task = new WeakReference<>(own);
        TimeSource.Timer timer = this.timers.arm(HOUR, own);
        TimeSource.Timer above = this.timers.arm(HOUR, this.task);
        own = null;
        if (collected) {
            this.clock.turn();
        }

        timer.cancel();

        Garbage.awaitCollected(task);
        above.cancel();
        assertThat(this.timers.pending()).isZero();
    }

    @Test
    void timerThatIsKeptKeepsNoOther() {
        TimeSource.Timer below = this.timers.arm(HOUR, this.task);
        TimeSource.Timer kept = this.timers.arm(HOUR, this.task);
        WeakReference<TimeSource.Timer> other = new WeakReference<>(below);
        kept.cancel();

        below.cancel();
        below = null;

        Garbage.awaitCollected(other);
        kept.cancel();
    }

    @Test
    void whoeverCancelsWhatItArmedLastLeavesNothing() {
        TimeSource.Timer outer = this.timers.arm(HOUR, this.task);
        for (int i = 0; i < 100; i++) {
            this.timers.arm(HOUR, this.task).cancel();
            assertThat(this.timers.dead()).isZero();
        }

        outer.cancel();

        assertThat(this.timers.dead()).isZero();
        assertThat(this.timers.pending()).isZero();
    }

    @Test
    void whatDiedBelowGoesWithTheOneAboveIt() {
        TimeSource.Timer below = this.timers.arm(HOUR, this.task);
        TimeSource.Timer above = this.timers.arm(HOUR, this.task);

        below.cancel();
        assertThat(this.timers.dead()).isOne();
        above.cancel();

        assertThat(this.timers.dead()).isZero();
    }

    @Test
    void manyDeadOnesAskForASweepAndAreGoneAfterIt() {
        List<TimeSource.Timer> armed = arm(10 * Stripe.MANY);
        this.clock.turn();

        armed.forEach(TimeSource.Timer::cancel);

        assertThat(this.clock.alarms()).isEqualTo(10);
        this.clock.turn();
        assertThat(this.timers.dead()).isZero();
        assertThat(this.timers.pending()).isZero();
    }

    @Test
    void sweepWaitsUntilItPays() {
        List<TimeSource.Timer> armed = arm(10 * Stripe.MANY);
        this.clock.turn();
        armed.subList(0, 4 * Stripe.MANY).forEach(TimeSource.Timer::cancel);

        this.clock.turn();

        assertThat(this.timers.dead()).as("fewer than live ones").isEqualTo(4 * Stripe.MANY);
    }

    @Test
    void memoryDoesNotGrowWhileTimersComeAndGoInAnyOrder() {
        Random random = new Random(7);
        List<TimeSource.Timer> armed = arm(200);
        int most = 0;
        for (int i = 0; i < 200_000; i++) {
            int one = random.nextInt(armed.size());
            armed.get(one).cancel();
            armed.set(one, this.timers.arm(HOUR, this.task));
            most = Math.max(most, this.timers.dead());
            if (this.clock.alarms() > 0) {
                this.clock.turn();
            }
        }
        assertThat(most).isLessThanOrEqualTo(2 * Stripe.MANY + 200);
        assertThat(this.timers.pending()).isEqualTo(200);
    }

    @Test
    void fewDeadOnesAreSweptWhenTheTickerHasRested() {
        List<TimeSource.Timer> armed = arm(100);
        this.clock.turn();
        Collections.shuffle(armed, new Random(7));
        armed.forEach(TimeSource.Timer::cancel);
        assertThat(this.timers.dead()).isEqualTo(100);

        this.clock.turnAfter(Timers.REST);

        assertThat(this.timers.dead()).isZero();
    }
}
