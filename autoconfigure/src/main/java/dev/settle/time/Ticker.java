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
final class Ticker<T extends Turns> {

    /** So long it waits for better times, rather than trying again and again. */
    private static final long AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(10);

    private final ThreadFactory threads;
    private final T turns;
    private @Nullable Thread thread;

    /** @param turns makes what is to be kept going, of what wakes the thread */
    Ticker(ThreadFactory threads, Function<Runnable, T> turns) {
        this.threads = threads;
        this.turns = turns.apply(this::wake);
    }

    T turns() {
        return this.turns;
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
        if (this.turns.isIdle()) {
            this.thread = null;
            return true;
        }
        return false;
    }

    /** A machine that has no memory left at the moment must not be left without timers for ever. */
    private long turn() {
        try {
            return this.turns.turn();
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
