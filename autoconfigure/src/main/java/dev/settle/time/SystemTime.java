package dev.settle.time;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The JDK's clock and the shared wheel; what becomes due is handed to the crew at once. */
final class SystemTime implements TimeSource {

    static final TimeSource SHARED = new SystemTime(Workers.shared());

    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(10);

    private final Timers timers;
    private final Crew crew;

    SystemTime(Executor threads) {
        this(threads, Workers.daemons("settle-timer"));
    }

    SystemTime(Executor threads, ThreadFactory timerThreads) {
        Kept kept = new Ticker<>(timerThreads, alarm -> Kept.create(threads, alarm)).turns();
        this.timers = kept.timers();
        this.crew = kept.crew();
    }

    private record Kept(Timers timers, Crew crew) implements Turns {

        static Kept create(Executor threads, Runnable alarm) {
            Crew crew = new Crew(threads, alarm);
            return new Kept(new Timers(System::nanoTime, crew, alarm), crew);
        }

        /** First the timers: what becomes due now is looked after now. */
        @Override
        public long turn() {
            long rest = this.timers.turn();
            return Math.min(rest, this.crew.look());
        }

        @Override
        public boolean isIdle() {
            return this.timers.isIdle() && this.crew.look() == Crew.REST;
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Timer schedule(long delayNanos, Runnable task) {
        return this.timers.arm(delayNanos, task);
    }

    @Override
    public Timer scheduleAt(long nanoTime, Runnable task) {
        return this.timers.armAt(nanoTime, task);
    }

    /** A machine that has no thread left at the moment loses no task either. */
    @Override
    public void execute(Runnable task) {
        try {
            this.crew.execute(task);
        } catch (Throwable ex) {
            this.timers.arm(RETRY, task);
        }
    }

    @Override
    public int pending() {
        return this.timers.pending();
    }
}
