package dev.settle.policy.throttle;

import dev.settle.queue.SpinLock;
import dev.settle.queue.WaitingLine;
import dev.settle.time.TimeSource;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait until they may start. Nobody has a time of its own: there is one timer, for whoever is first when it is
 * due, so leaving the line costs nothing.
 *
 * <p>Who may start at once does not take the lock of the line, but only passes a gate, a {@link SpinLock}, behind which the
 * pace is; there nothing else is called than the clock. The lock may be held at the gate, never the other way round. The clock
 * is read before the gate: a start counts from when it was asked for, which is a moment before it begins.
 *
 * <p>Race: somebody goes to the line while others start. Going there says so behind the gate first; whoever passes it
 * afterwards goes to the lock, too, and so nobody in line is overtaken.
 */
class RateLine extends WaitingLine {

    private static final AtomicIntegerFieldUpdater<RateLine> GATE =
            AtomicIntegerFieldUpdater.newUpdater(RateLine.class, "gate");
    private static final AtomicLongFieldUpdater<RateLine> FULL_UNTIL =
            AtomicLongFieldUpdater.newUpdater(RateLine.class, "fullUntil");

    private final TimeSource time;

    /** Written under the lock. */
    private volatile ThrottleSettings settings;

    @SuppressWarnings("UnusedVariable") // by the updater alone
    private volatile int gate;

    /**
     * Until when nobody may start, unless a promised start is withdrawn or the settings change; 0 when that is not known.
     * Written behind the gate, and read before it: so who is refused does not keep those who may start from passing it.
     */
    private volatile long fullUntil;

    // Behind the gate.
    private Pace pace;
    private boolean watched;

    // Guarded by this.
    private TimeSource.@Nullable Timer timer;
    private int rounds;

    /**
     * Nobody waits, and nothing has started.
     *
     * @param pace that of the settings
     */
    RateLine(ThrottleSettings settings, Pace pace, TimeSource time) {
        this.settings = settings;
        this.pace = pace;
        this.time = time;
    }

    /** Starts now what nobody waits for a thread to start, or not at all; never before those who wait. */
    boolean tryStart() {
        long now = this.time.nanoTime();
        // Race: it may have been written after the clock was read; then it was full at that moment, too, or has been
        // since.
        long until = this.fullUntil;
        if (until != 0 && now - until < 0) {
            return false;
        }
        if (!SpinLock.tryLock(GATE, this)) {
            shut();
            now = this.time.nanoTime();
        }
        try {
            if (!this.watched) {
                return start(now);
            }
        } finally {
            open();
        }
        if (!tryEnter(1)) {
            return false;
        }
        started();
        return true;
    }

    private boolean start(long now) {
        long delay = this.pace.delay(now);
        if (delay > 0) {
            // The clock may read 0: rather a nanosecond too early than unknown.
            FULL_UNTIL.lazySet(this, (delay == Pace.UNKNOWN) ? 0 : (now + delay == 0) ? -1 : now + delay);
            return false;
        }
        if (this.fullUntil != 0) {
            FULL_UNTIL.lazySet(this, 0);
        }
        this.pace.promise();
        this.pace.started(now);
        return true;
    }

    private void shut() {
        SpinLock.lock(GATE, this);
    }

    private void open() {
        SpinLock.unlock(GATE, this);
    }

    @Override
    protected boolean take(int weight) {
        shut();
        try {
            if (this.pace.delay(this.time.nanoTime()) > 0) {
                return false;
            }
            this.pace.promise();
            return true;
        } finally {
            open();
        }
    }

    @Override
    protected void giveBack(int weight) {
        shut();
        try {
            this.pace.withdrawn();
            FULL_UNTIL.lazySet(this, 0);
        } finally {
            open();
        }
    }

    /** A promise must be kept or withdrawn before it is known when the first may start; then it is looked at again. */
    @Override
    protected void firstWaits() {
        long delay = delay();
        if (this.timer == null && delay != Pace.UNKNOWN) {
            int round = ++this.rounds;
            this.timer = this.time.schedule(delay, () -> due(round));
        }
    }

    private long delay() {
        shut();
        try {
            return this.pace.delay(this.time.nanoTime());
        } finally {
            open();
        }
    }

    /** Race: a timer that was cancelled may be on its way already, and must not be taken for the one that came after it. */
    private void due(int round) {
        synchronized (this) {
            if (round != this.rounds) {
                return;
            }
            this.timer = null;
        }
        letIn();
    }

    @Override
    protected void watched(boolean watched) {
        shut();
        this.watched = watched;
        open();
        if (!watched) {
            disarm();
        }
    }

    private void disarm() {
        if (this.timer != null) {
            this.timer.cancel();
            this.timer = null;
            this.rounds++;
        }
    }

    /**
     * Goes on at another pace, from what has started and is promised; the first in line is looked at again.
     *
     * @param wanted asked under the lock: of two who do this at the same time, the later one has the last word
     */
    void retune(Supplier<ThrottleSettings> wanted) {
        synchronized (this) {
            this.settings = wanted.get();
            shut();
            try {
                this.pace = this.pace.tuned(this.settings, this.time.nanoTime());
                this.fullUntil = 0;
            } finally {
                open();
            }
            disarm();
        }
        letIn();
    }

    /** What the pace is of. */
    ThrottleSettings settings() {
        return this.settings;
    }

    /** One that was let in starts now. */
    void started() {
        shut();
        try {
            this.pace.started(this.time.nanoTime());
        } finally {
            open();
        }
        letIn();
    }

    /** One that was let in will not start. */
    void withdrawn() {
        giveBack(1);
        letIn();
    }

    /** About how long one that goes to the line now would have to wait. */
    long estimate() {
        return estimate(waiting());
    }

    /** About how long the first in line still has to wait. */
    long estimateOfFirst() {
        return estimate(0);
    }

    private long estimate(int before) {
        shut();
        try {
            return this.pace.estimate(this.time.nanoTime(), before);
        } finally {
            open();
        }
    }

    /** How long it is until a new line would do as well. */
    long memory() {
        shut();
        try {
            return this.pace.memory(this.time.nanoTime());
        } finally {
            open();
        }
    }
}
