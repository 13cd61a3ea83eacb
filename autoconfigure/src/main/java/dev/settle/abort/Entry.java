package dev.settle.abort;

import dev.settle.abort.AbortReport.Outcome;
import dev.settle.queue.Chain;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A cleanup or a tracked operation of a group. Its lock is held for a few instructions only, never while user code runs.
 *
 * <p>Race: the end of the work, its removal and its deadline may meet. Each moves the outcome away from {@code PENDING}
 * under the lock; the first wins, and only the winner tells the group.
 */
abstract class Entry extends Chain.Node {

    private static final long STOP_MARGIN = TimeUnit.MILLISECONDS.toNanos(100);

    final Group group;
    final String name;
    private boolean started;
    private long startedAt;
    private long endedAt;
    private Outcome outcome = Outcome.PENDING;
    private boolean late;
    private @Nullable Throwable failure;
    private @Nullable String detail;
    private TimeSource.@Nullable Timer timer;
    private @Nullable Limit limit;
    private boolean told;

    Entry(Group group, String name) {
        this.group = group;
        this.name = name;
    }

    /** Starts the entry's part in the abort, at its group's turn. Never throws. */
    abstract void begin();

    /** The time is up and the entry marked: stop what still runs. */
    abstract void stop(Limit exceeded);

    /** Arms, or brings forward, the deadline. */
    final void limitTo(Limit candidate) {
        Limit nearest = narrow(candidate);
        if (nearest == null) {
            return;
        }
        TimeSource time = this.group.time();
        TimeSource.Timer armed = time.schedule(nearest.at() - time.nanoTime(), () -> timeUp(nearest));
        TimeSource.@Nullable Timer obsolete;
        synchronized (this) {
            // Race: the entry may have settled, or somebody may have armed a nearer limit, since it was narrowed.
            obsolete = armed;
            if (this.outcome == Outcome.PENDING && this.limit == nearest) {
                obsolete = this.timer;
                this.timer = armed;
            }
        }
        if (obsolete != null) {
            obsolete.cancel();
        }
    }

    /** The limit, if this one makes it nearer; an entry may add its own. */
    private synchronized @Nullable Limit narrow(Limit candidate) {
        Limit nearest = (this.limit == null) ? ownLimit(candidate) : Limit.nearer(this.limit, candidate);
        if (this.outcome != Outcome.PENDING || nearest == this.limit) {
            return null;
        }
        this.limit = nearest;
        return nearest;
    }

    Limit ownLimit(Limit given) {
        return given;
    }

    final synchronized @Nullable Limit limit() {
        return this.limit;
    }

    /**
     * Starts, unless the entry was removed or is settled. One whose time was up before its thread came starts all the
     * same: it owns a resource, and its hard signal tells it to be quick.
     */
    final synchronized boolean start() {
        if (this.started || (this.outcome != Outcome.PENDING && this.outcome != Outcome.TIMED_OUT)) {
            return false;
        }
        this.started = true;
        this.startedAt = this.group.time().nanoTime();
        return true;
    }

    final void settle(@Nullable Object value, @Nullable Throwable cause) {
        if (!settle(cause == null ? Outcome.COMPLETED : Outcome.FAILED, cause, value)) {
            endedLate();
        }
    }

    final boolean settle(Outcome result, @Nullable Throwable cause, @Nullable Object value) {
        // The user's toString(), before anything is locked or decided.
        String said = (value == null) ? null : Faults.text(value);
        TimeSource.@Nullable Timer armed;
        synchronized (this) {
            if (this.outcome != Outcome.PENDING || (result == Outcome.REMOVED && this.started)) {
                return false;
            }
            this.outcome = result;
            this.failure = cause;
            this.detail = said;
            this.endedAt = this.group.time().nanoTime();
            armed = this.timer;
            this.timer = null;
        }
        if (armed != null) {
            armed.cancel();
        }
        this.group.members().settled(this);
        return true;
    }

    private void timeUp(Limit exceeded) {
        if (!expire(exceeded)) {
            return;
        }
        // Settling goes on once what still runs has been stopped, or soon after: stopping runs listeners, which may
        // hang.
        Runnable tell = () -> {
            if (tellOnce()) {
                this.group.members().report(this);
            }
        };
        TimeSource.Timer soon = this.group.time().schedule(STOP_MARGIN, tell);
        stop(exceeded);
        soon.cancel();
        tell.run();
    }

    private synchronized boolean tellOnce() {
        boolean first = !this.told;
        this.told = true;
        return first;
    }

    private synchronized boolean expire(Limit exceeded) {
        if (this.outcome != Outcome.PENDING) {
            return false;
        }
        this.outcome = Outcome.TIMED_OUT;
        this.endedAt = this.group.time().nanoTime();
        this.failure = new TimeoutException("'" + this.name + "' exceeded " + exceeded.whose() + " of "
                + Nanos.words(Duration.ofNanos(exceeded.nanos())));
        this.timer = null;
        return true;
    }

    private void endedLate() {
        long now = this.group.time().nanoTime();
        long end;
        synchronized (this) {
            // What ends while it is being stopped ends because of that, and is not late.
            if (this.outcome != Outcome.TIMED_OUT || !this.told) {
                return;
            }
            end = this.endedAt;
        }
        this.group.endedLate(this, Nanos.between(end, now));
    }

    /** Taken back while the group was open: no abort counts it, so none may settle it. */
    final synchronized void forget() {
        this.outcome = Outcome.REMOVED;
    }

    /** The turn of the group had passed when this came; that is what the report says of it. */
    final synchronized void late() {
        this.late = true;
    }

    final synchronized boolean isPending() {
        return this.outcome == Outcome.PENDING;
    }

    /** Where the thread that runs the entry is, if one does. */
    List<StackTraceElement> frames() {
        return List.of();
    }

    final synchronized AbortReport.Entry report() {
        long until = (this.outcome == Outcome.PENDING) ? this.group.time().nanoTime() : this.endedAt;
        Duration elapsed = this.started ? Nanos.between(this.startedAt, until) : Duration.ZERO;
        Outcome shown = (this.late && this.outcome != Outcome.PENDING && this.outcome != Outcome.REMOVED)
                ? Outcome.LATE
                : this.outcome;
        return new AbortReport.Entry(
                this.name,
                this.group.name(),
                shown,
                elapsed,
                this.failure,
                this.detail,
                this.outcome == Outcome.PENDING ? frames() : List.of());
    }
}
