package dev.settle.time;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the races need of timers, real or broken: a clock of ticks, and turns that the test takes. */
interface Clockwork {

    /** Arms a timer; the result cancels it. */
    Runnable arm(long due, Runnable task);

    /** Moves the clock. */
    void at(long now);

    /** The ticker's turn; the result is when it will look next, if nobody wakes it. */
    long turn();

    /** The ticker's turn at that time. */
    default long turn(long now) {
        at(now);
        return turn();
    }

    int pending();

    /** How often the ticker has been woken. */
    int alarms();

    static Clockwork real() {
        AtomicLong now = new AtomicLong(Wheel.ceiling(System.nanoTime()));
        long start = now.get();
        AtomicInteger alarms = new AtomicInteger();
        Timers timers = new Timers(now::get, Runnable::run, alarms::incrementAndGet);
        return new Clockwork() {
            @Override
            public Runnable arm(long due, Runnable task) {
                return timers.arm(start + due * Wheel.TICK - now.get(), task)::cancel;
            }

            @Override
            public void at(long time) {
                now.set(start + time * Wheel.TICK);
            }

            @Override
            public long turn() {
                return (now.get() - start + timers.turn()) / Wheel.TICK;
            }

            @Override
            public int pending() {
                return timers.pending();
            }

            @Override
            public int alarms() {
                return alarms.get();
            }
        };
    }
}
