package dev.settle.time;

import static dev.settle.time.HandClock.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the ticker is woken, when it may rest, and what it hands over. */
class TimersTests {

    private static final long SECOND = 1000 * MILLI;

    private final HandClock clock = new HandClock();
    private final Timers timers = this.clock.timers;
    private final Runnable task = () -> {};

    @Test
    void firstTimerWakesTheTicker() {
        this.timers.arm(SECOND, this.task);

        assertThat(this.clock.alarms()).isOne();
        assertThat(this.clock.turn()).isBetween(1L, SECOND + Wheel.TICK);
    }

    @Test
    void laterTimersWakeNobody() {
        this.timers.arm(SECOND, this.task);
        this.clock.turn();

        this.timers.arm(2 * SECOND, this.task);
        this.clock.passes(MILLI);
        this.timers.arm(SECOND, this.task);

        assertThat(this.clock.alarms()).isZero();
    }

    @Test
    void earlierTimerWakesTheTickerAndShortensItsRest() {
        this.timers.arm(SECOND, this.task);
        this.clock.turn();

        this.timers.arm(5 * MILLI, this.task);

        assertThat(this.clock.alarms()).isOne();
        assertThat(this.clock.turn()).isBetween(1L, 5 * MILLI + Wheel.TICK);
    }

    @Test
    void armingAndCancellingAgainAndAgainWakesTheTickerOnce() {
        for (int i = 0; i < 10_000; i++) {
            this.timers.arm(SECOND, this.task).cancel();
        }
        assertThat(this.clock.alarms()).isOne();
        this.clock.turn();

        for (int i = 0; i < 10_000; i++) {
            this.clock.passes(1000);
            this.timers.arm(SECOND, this.task).cancel();
        }

        assertThat(this.clock.alarms())
                .as("although nothing was armed at its turn")
                .isZero();
    }

    @Test
    void timerFiresInTimeAndNotBefore() {
        this.timers.arm(5 * MILLI, this.task);

        this.clock.runFor(5 * MILLI - 1);
        assertThat(this.clock.handed).isEmpty();

        this.clock.runFor(Wheel.TICK + 1);
        assertThat(this.clock.handed).containsExactly(this.task);
        assertThat(this.timers.pending()).isZero();
    }

    @Test
    void timersBetweenTicksAreNotEarlyEither() {
        HandClock odd = new HandClock(Wheel.ceiling(1) + Wheel.TICK - 1);
        odd.timers.arm(1, this.task);

        assertThat(odd.turnAfter(0)).isEqualTo(1);
        assertThat(odd.handed).isEmpty();

        odd.turnAfter(1);
        assertThat(odd.handed).hasSize(1);
    }

    @Test
    void timerWithoutDelayIsDueAtOnceAlsoBetweenTicks() {
        this.clock.passes(Wheel.TICK / 2);

        this.timers.arm(0, this.task);
        this.timers.arm(-SECOND, this.task);
        assertThat(this.clock.alarms()).isPositive();
        this.clock.turn();

        assertThat(this.clock.handed).hasSize(2);
    }

    @Test
    void whatComesBeforeTheClockWrapsAroundFiresAfterIt() {
        HandClock old = new HandClock(Long.MAX_VALUE - SECOND);
        old.timers.arm(2 * SECOND, this.task);

        old.runFor(2 * SECOND - 1);
        assertThat(old.handed).isEmpty();

        old.runFor(Wheel.TICK + 1);
        assertThat(old.handed).containsExactly(this.task);
    }

    @Test
    void endlessTimerIsArmedAndKeepsNobodyBusy() {
        TimeSource.Timer timer = this.timers.arm(Long.MAX_VALUE, this.task);
        this.timers.arm(Nanos.FOREVER, this.task);

        assertThat(this.clock.turn()).isBetween(SECOND, Timers.REST);
        assertThat(this.timers.pending()).isEqualTo(2);

        timer.cancel();
        assertThat(this.timers.pending()).isOne();
        assertThat(this.clock.handed).isEmpty();
    }

    @Test
    void jumpOfADayFiresAllInOneTurnInTheirOrder() {
        List<String> order = new ArrayList<>();
        this.timers.arm(3600 * SECOND, () -> order.add("an hour"));
        this.timers.arm(MILLI, () -> order.add("a millisecond"));
        this.timers.arm(60 * SECOND, () -> order.add("a minute"));
        this.clock.turn();

        this.clock.turnAfter(24 * 3600 * SECOND);

        this.clock.handed.forEach(Runnable::run);
        assertThat(order).containsExactly("a millisecond", "a minute", "an hour");
    }

    @Test
    void burstIsHandedOverOneByOne() {
        for (int i = 0; i < 10_000; i++) {
            this.timers.arm(50 * MILLI, this.task);
        }

        this.clock.runFor(52 * MILLI);

        assertThat(this.clock.handed).hasSize(10_000);
        assertThat(this.timers.pending()).isZero();
    }

    @Test
    void oneObjectMayBeArmedSeveralTimes() {
        this.timers.arm(MILLI, this.task);
        this.timers.arm(MILLI, this.task).cancel();
        this.timers.arm(5 * MILLI, this.task);

        this.clock.runFor(10 * MILLI);

        assertThat(this.clock.handed).containsExactly(this.task, this.task);
    }

    @Test
    void tickerIsIdleWhenNothingHasBeenArmedForARest() {
        this.timers.arm(MILLI, this.task);
        this.clock.runFor(3 * MILLI);
        assertThat(this.timers.isIdle()).isFalse();

        this.clock.passes(Timers.REST);
        assertThat(this.timers.isIdle()).isTrue();

        this.timers.arm(Nanos.FOREVER, this.task);
        assertThat(this.timers.isIdle()).isFalse();
    }

    @Test
    void cancelledTimerThatHadLongToGoDoesNotKeepTheTicker() {
        this.timers.arm(3600 * SECOND, this.task).cancel();

        this.clock.runFor(2 * Timers.REST + SECOND);

        this.clock.passes(Timers.REST);
        assertThat(this.timers.isIdle()).isTrue();
    }

    @Test
    void timerOfOneWhoReadTheClockBeforeTheTickerDidWakesItToo() {
        this.timers.arm(0, this.task);
        this.clock.turnAfter(Wheel.TICK);
        this.clock.passes(-1000);

        this.timers.arm(0, this.task);

        assertThat(this.clock.alarms()).isOne();
    }

    @Test
    void timerThatIsArmedDuringATurnIsSeenInIt() {
        long now = Wheel.ceiling(1) + Wheel.TICK / 2;
        List<String> order = new ArrayList<>();
        List<Timers> self = new ArrayList<>();
        self.add(new Timers(() -> now, Runnable::run, () -> {}));
        self.get(0).arm(0, () -> self.get(0).arm(0, () -> order.add("second")));

        assertThat(self.get(0).turn()).isNotPositive();
        self.get(0).turn();

        assertThat(order).containsExactly("second");
    }
}
