package dev.settle.policy.throttle;

import dev.settle.queue.WaitingLine;
import dev.settle.time.TimeSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait until they may start. Nobody has a time of its own: there is one timer, for whoever is first when it is
 * due, so leaving the line costs nothing.
 */
final class RateLine extends WaitingLine {

    private final TimeSource time;

    /** Written under the lock. */
    private volatile ThrottleSettings settings;

    // Guarded by this.
    private Pace pace;
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

    @Override
    protected boolean take(int weight) {
        if (this.pace.delay(this.time.nanoTime()) > 0) {
            return false;
        }
        this.pace.promise();
        return true;
    }

    @Override
    protected void giveBack(int weight) {
        this.pace.withdrawn();
    }

    /** A promise must be kept or withdrawn before it is known when the first may start; then it is looked at again. */
    @Override
    protected void firstWaits() {
        long delay = this.pace.delay(this.time.nanoTime());
        if (this.timer == null && delay != Pace.UNKNOWN) {
            int round = ++this.rounds;
            this.timer = this.time.schedule(delay, () -> due(round));
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
            this.pace = this.pace.tuned(this.settings, this.time.nanoTime());
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
        synchronized (this) {
            this.pace.started(this.time.nanoTime());
        }
        letIn();
    }

    /** One that was let in will not start. */
    void withdrawn() {
        synchronized (this) {
            this.pace.withdrawn();
        }
        letIn();
    }

    /** About how long one that goes to the line now would have to wait. */
    synchronized long estimate() {
        return this.pace.estimate(this.time.nanoTime(), waiting());
    }

    /** About how long the first in line still has to wait. */
    synchronized long estimateOfFirst() {
        return this.pace.estimate(this.time.nanoTime(), 0);
    }

    /** How long it is until a new line would do as well. */
    synchronized long memory() {
        return this.pace.memory(this.time.nanoTime());
    }
}
