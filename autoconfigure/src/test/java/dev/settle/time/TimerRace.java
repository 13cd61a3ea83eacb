package dev.settle.time;

import static dev.settle.abort.Race.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Race.Meeting;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Who may meet at the timers, and what must hold afterwards. */
enum TimerRace {
    ARM_AGAINST_REST(work -> {
        AtomicInteger fired = new AtomicInteger();
        AtomicLong looks = new AtomicLong();
        work.arm(1, fired::incrementAndGet);
        work.turn(0);
        work.at(1);
        int before = work.alarms();
        return between(() -> looks.set(work.turn()), () -> work.arm(5, fired::incrementAndGet))
                .then(() -> {
                    boolean woken = work.alarms() > before;
                    assertThat(woken ? work.turn() : looks.get())
                            .as("when the ticker looks, woken: %s", woken)
                            .isLessThanOrEqualTo(5);
                    work.turn(5);
                    assertThat(fired).hasValue(2);
                    assertThat(work.pending()).isZero();
                });
    }),

    ARM_AGAINST_ARM_AGAINST_REST(work -> {
        AtomicInteger fired = new AtomicInteger();
        AtomicLong looks = new AtomicLong();
        work.arm(1, fired::incrementAndGet);
        work.turn(0);
        work.at(1);
        int before = work.alarms();
        return between(
                        () -> looks.set(work.turn()),
                        () -> work.arm(9, fired::incrementAndGet),
                        () -> work.arm(5, fired::incrementAndGet))
                .then(() -> {
                    boolean woken = work.alarms() > before;
                    assertThat(woken ? work.turn() : looks.get()).isLessThanOrEqualTo(5);
                    assertThat(work.turn(5)).isLessThanOrEqualTo(9);
                    work.turn(9);
                    assertThat(fired).hasValue(3);
                });
    }),

    CANCEL_AGAINST_FIRE(work -> {
        AtomicInteger fired = new AtomicInteger();
        Runnable cancel = work.arm(5, fired::incrementAndGet);
        work.arm(9, fired::incrementAndGet);
        return between(() -> work.turn(5), cancel::run).then(() -> {
            assertThat(fired).hasValueLessThan(2);
            assertThat(work.pending()).as("one winner").isOne();
            int sooner = fired.get();
            work.turn(9);
            assertThat(fired).hasValue(sooner + 1);
            assertThat(work.pending()).isZero();
        });
    }),

    CANCEL_AGAINST_CANCEL(work -> {
        AtomicInteger fired = new AtomicInteger();
        Runnable cancel = work.arm(5, fired::incrementAndGet);
        work.arm(9, fired::incrementAndGet);
        return between(cancel::run, cancel::run, work::turn).then(() -> {
            assertThat(work.pending()).as("one winner").isOne();
            work.turn(9);
            assertThat(fired).hasValue(1);
        });
    }),

    CANCELS_AGAINST_ARM_AND_COLLECT(work -> {
        AtomicInteger fired = new AtomicInteger();
        Runnable below = work.arm(5, fired::incrementAndGet);
        Runnable above = work.arm(5, fired::incrementAndGet);
        work.at(1);
        return between(
                        below::run,
                        () -> {
                            work.arm(6, fired::incrementAndGet);
                            above.run();
                        },
                        work::turn)
                .then(() -> {
                    assertThat(work.pending()).isOne();
                    work.turn(9);
                    assertThat(fired).hasValue(1);
                    assertThat(work.pending()).isZero();
                });
    });

    private final Function<Clockwork, Meeting> meeting;

    TimerRace(Function<Clockwork, Meeting> meeting) {
        this.meeting = meeting;
    }

    /** A meeting at new timers. */
    Meeting at(Clockwork work) {
        return this.meeting.apply(work);
    }
}
