package dev.settle.time;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The thread that keeps the time: started by the first timer, parked until the next one, gone when there has been none
 * for a while.
 *
 * <p>Race: it ends while somebody wakes it. Waking and ending have a lock, and who wakes has broken the promise before:
 * either the end does not come to pass, or a new thread is started.
 */
final class Ticker {

    /** So long it waits for better times, rather than trying again and again. */
    private static final long AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(10);

    private final ThreadFactory threads;
    private final Timers timers;
    private @Nullable Thread thread;

    Ticker(ThreadFactory threads, Function<Runnable, Timers> timers) {
        this.threads = threads;
        this.timers = timers.apply(this::wake);
    }

    Timers timers() {
        return this.timers;
    }

    private synchronized void wake() {
        if (this.thread != null) {
            LockSupport.unpark(this.thread);
            return;
        }
        Thread started = this.threads.newThread(this::run);
        started.start();
        this.thread = started;
    }

    private synchronized boolean ends() {
        if (this.timers.isIdle()) {
            this.thread = null;
            return true;
        }
        return false;
    }

    /** A machine that has no memory left at the moment must not be left without timers for ever. */
    private long turn() {
        try {
            return this.timers.turn();
        } catch (Throwable ex) {
            return AFTER_FAILURE;
        }
    }

    private void run() {
        while (!ends()) {
            long rest = turn();
            if (rest > 0) {
                LockSupport.parkNanos(rest);
                // An interrupt that nobody clears would keep it from parking ever again.
                Thread.interrupted();
            }
        }
    }
}
