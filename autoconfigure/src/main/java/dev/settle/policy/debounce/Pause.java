package dev.settle.policy.debounce;

import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * When a burst of calls is over. A call moves that time; the timer is not moved, but looks again when it is early. Not
 * thread-safe: guarded by its window.
 *
 * <p>Race: a timer that was cancelled may be on its way already. Each has a number, and what an old one has to say does not
 * count.
 */
final class Pause {

    private final TimeSource time;
    private final IntConsumer look;
    private long quiet;
    private long most;
    private boolean open;
    private long lastCall;

    /** From when on the longest wait is counted: the first call of the burst, or the last run in it. */
    private long since;

    private TimeSource.@Nullable Timer timer;
    private int number;

    /**
     * No burst yet.
     *
     * @param look told the number of the timer, on its thread, when something may be due
     */
    Pause(TimeSource time, IntConsumer look) {
        this.time = time;
        this.look = look;
    }

    /** A call goes by other settings than the one before; the timer, which goes by those, has to be set again. */
    void use(DebounceSettings settings) {
        this.quiet = Nanos.of(settings.value());
        this.most = (settings.maxWait() == null) ? Nanos.FOREVER : Nanos.of(settings.maxWait());
        disarm();
    }

    long now() {
        return this.time.nanoTime();
    }

    /** Whether a burst is going on. */
    boolean isOpen() {
        return this.open;
    }

    /** A call comes. */
    void called(long now) {
        if (!this.open) {
            this.open = true;
            this.since = now;
        }
        this.lastCall = now;
    }

    /** A run begins in the burst. */
    void ran(long now) {
        this.since = now;
    }

    /** Whether no call has come for as long as the quiet period. */
    boolean isOver(long now) {
        return now - this.lastCall >= this.quiet;
    }

    /** Whether a call has waited, or might have, as long as any may. */
    boolean isOverdue(long now) {
        return now - this.since >= this.most;
    }

    /** Ends the burst. */
    void close() {
        this.open = false;
        disarm();
    }

    private void disarm() {
        if (this.timer != null) {
            this.timer.cancel();
            this.timer = null;
            this.number++;
        }
    }

    /**
     * Sets the timer, if there is a burst and it is not set.
     *
     * @param waited whether somebody waits for the run at the end
     */
    void arm(long now, boolean waited) {
        if (this.open && this.timer == null) {
            int own = ++this.number;
            this.timer = this.time.schedule(delay(now, waited), () -> this.look.accept(own));
        }
    }

    private long delay(long now, boolean waited) {
        long pause = this.quiet - (now - this.lastCall);
        return waited ? Math.min(pause, this.most - (now - this.since)) : pause;
    }

    /** The timer of that number has fired; false when it has been cancelled. */
    boolean fired(int which) {
        if (which != this.number) {
            return false;
        }
        this.timer = null;
        return true;
    }
}
