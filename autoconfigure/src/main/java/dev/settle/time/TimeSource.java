package dev.settle.time;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The one clock and its timers. Tests replace it with virtual time.
 *
 * <p>The clock is monotonic: setting the system's time changes nothing. Only differences of {@link #nanoTime()} mean
 * anything.
 */
public interface TimeSource {

    /** The current time of this clock in nanoseconds, from an arbitrary origin. */
    long nanoTime();

    /**
     * Runs the task once after the delay. The task may run user code: it runs on a worker thread, never on the thread
     * that keeps the time.
     *
     * @param delayNanos nanoseconds; zero or less is due at once
     */
    Timer schedule(long delayNanos, Runnable task);

    /** Like {@link #schedule}, for when the clock reads so: who has just read it need not have it read again. */
    default Timer scheduleAt(long nanoTime, Runnable task) {
        return schedule(nanoTime - nanoTime(), task);
    }

    /**
     * Runs the task now, on a worker thread that it may keep busy. Virtual time has one thread only, and runs it there, but
     * never inside another such task.
     */
    default void execute(Runnable task) {
        Workers.shared().execute(task);
    }

    /** How many timers are armed. */
    int pending();

    /** A number from 0 to less than 1, for delays that are spread at random: a test that has the time has the chance, too. */
    default double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /**
     * The machine's clock and Settle's shared timer wheel, kept by a daemon thread that ends when it has been idle. A timer
     * is never early, and about a millisecond late at most, but for a machine that is busy.
     */
    static TimeSource system() {
        return SystemTime.SHARED;
    }

    /** One armed timer. */
    @FunctionalInterface
    interface Timer {

        /** Disarms the timer; harmless once it has fired. */
        void cancel();
    }
}
