package dev.settle.benchmark.timer;

import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Unit;
import dev.settle.time.TimeSource;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** The processor time of Settle's timer thread while nothing is armed. */
final class Idle {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Idle() {}

    static Figure measure(int seconds) throws InterruptedException {
        Timers.Kind kind = Timers.SETTLE.make();
        Firing.check(Timers.SETTLE, kind);
        long start = System.nanoTime();
        long before = used();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
            if (TimeSource.system().pending() > 0) {
                throw new IllegalStateException("Something is armed");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        // A thread that has ended by now, as it may, used no more than it had before.
        double used = Math.max(0, used() - before);
        return Figure.of(
                "B", "processor use, nothing armed", "Settle", Unit.PERCENT, 100 * used / (System.nanoTime() - start));
    }

    private static long used() {
        return LongStream.of(THREADS.getAllThreadIds())
                .filter(Idle::isTimer)
                .map(THREADS::getThreadCpuTime)
                .filter(nanos -> nanos > 0)
                .sum();
    }

    private static boolean isTimer(long id) {
        var thread = THREADS.getThreadInfo(id);
        return thread != null && thread.getThreadName().startsWith("settle-timer");
    }
}
