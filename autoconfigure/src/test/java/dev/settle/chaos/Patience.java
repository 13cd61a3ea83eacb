package dev.settle.chaos;

import java.util.Timer;
import java.util.TimerTask;

/** Wakes a thread that does not come back: a call that hangs is to be a finding, not the end of the run. */
final class Patience extends TimerTask implements AutoCloseable {

    private static final long MILLIS = 30_000;
    private static final Timer TIMER = new Timer("chaos-patience", true);

    private final Thread thread = Thread.currentThread();
    private boolean closed;
    private boolean lost;

    static Patience begin() {
        Patience patience = new Patience();
        TIMER.schedule(patience, MILLIS);
        return patience;
    }

    @Override
    public synchronized void run() {
        if (!this.closed) {
            this.lost = true;
            this.thread.interrupt();
        }
    }

    /** Whether the thread had to be woken. */
    synchronized boolean lost() {
        return this.lost;
    }

    @Override
    public synchronized void close() {
        this.closed = true;
        cancel();
    }
}
