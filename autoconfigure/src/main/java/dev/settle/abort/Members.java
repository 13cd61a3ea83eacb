package dev.settle.abort;

import dev.settle.queue.Chain;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a group waits for, and how far the group is: open, then aborting, then settled. What registers while it aborts joins the
 * settlement; what registers after runs at once and is late.
 */
final class Members {

    /** How long the cleanups of a group wait for the listeners of its signal, in nanoseconds. */
    private static final long MOST_PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private enum State {
        OPEN,
        /** The listeners of the signal are being told; what registers now starts after them. */
        TELLING,
        ABORTING,
        SETTLED
    }

    private final Group group;
    private final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();

    // Guarded by entries.
    private final Chain<Entry> entries = new Chain<>();
    private State state = State.OPEN;
    private @Nullable Settlement settlement;
    private @Nullable Limit limit;
    private int unsettled;
    private boolean late;

    Members(Group group) {
        this.group = group;
    }

    GroupReport.State state() {
        synchronized (this.entries) {
            return switch (this.state) {
                case OPEN -> GroupReport.State.OPEN;
                case TELLING, ABORTING -> GroupReport.State.ABORTING;
                case SETTLED -> GroupReport.State.SETTLED;
            };
        }
    }

    List<Entry> all() {
        synchronized (this.entries) {
            return this.entries.toList();
        }
    }

    List<AbortReport.Entry> reports() {
        return all().stream().map(Entry::report).toList();
    }

    /** Starts this group's part of a settlement, or joins the one that is going on. */
    CompletableFuture<@Nullable Void> begin(
            Settlement by, AbortReason reason, Limit until, boolean isLate, boolean here) {
        boolean first;
        synchronized (this.entries) {
            first = this.state == State.OPEN;
            if (first) {
                this.state = State.TELLING;
                this.settlement = by;
                this.late = isLate;
                // One more than there are: the group cannot settle before all have been started.
                this.unsettled = this.entries.size() + 1;
            }
        }
        // Whoever joins may allow less time than the settlement that is going on.
        limitTo(until);
        if (first) {
            this.group.controller().tell(listener -> listener.groupAborting(this.group, reason));
            if (here) {
                this.group.source().abort(reason, this::listenerFailed);
                beginEntries(until);
            } else {
                tellElsewhere(reason, until);
            }
        }
        return this.settled;
    }

    /** Listeners are to be quick; when one is not, the cleanups do not wait for it any longer than they can afford. */
    private void tellElsewhere(AbortReason reason, Limit until) {
        AtomicBoolean begun = new AtomicBoolean();
        Runnable go = () -> {
            if (begun.compareAndSet(false, true)) {
                beginEntries(until);
            }
        };
        // Race: the executor may come to it after the patience has run out, and the cleanups ask for the reason.
        Runnable tell = this.group.source().abortAndTellLater(reason, this::listenerFailed);
        long patience = Math.min(
                MOST_PATIENCE, Math.max(0, until.at() - this.group.time().nanoTime()) / 10);
        TimeSource.Timer timer = this.group.time().schedule(patience, go);
        this.group.execute(() -> {
            tell.run();
            timer.cancel();
            go.run();
        });
    }

    private void beginEntries(Limit until) {
        List<Entry> all;
        Limit nearest;
        synchronized (this.entries) {
            this.state = State.ABORTING;
            all = this.entries.toList();
            nearest = (this.limit == null) ? until : this.limit;
        }
        all.forEach(entry -> beginEntry(entry, nearest));
        leave();
    }

    private void listenerFailed(Throwable failure) {
        Entry entry = new FailedListener(this.group);
        synchronized (this.entries) {
            this.entries.add(entry);
            this.unsettled++;
            if (this.late) {
                entry.late();
            }
        }
        entry.settle(null, failure);
        this.group
                .controller()
                .tell(listener -> listener.listenerFailed("the signal of group '" + this.group.name() + "'", failure));
    }

    /** A nearer limit for what still runs, or is about to. */
    void limitTo(Limit nearer) {
        List<Entry> running;
        synchronized (this.entries) {
            // Race: a settlement may be between choosing this group's limit and beginning it, so an open one keeps it
            // too.
            this.limit = (this.limit == null) ? nearer : Limit.nearer(this.limit, nearer);
            if (this.state != State.ABORTING) {
                return;
            }
            running = this.entries.toList();
        }
        running.forEach(entry -> entry.limitTo(nearer));
    }

    Registration register(Cleanup cleanup) {
        Limit until = null;
        synchronized (this.entries) {
            this.entries.add(cleanup);
            if (this.state == State.OPEN) {
                return cleanup;
            }
            if (this.state == State.SETTLED) {
                // Nobody waits for it any more, but it owns a resource: it runs all the same.
                cleanup.late();
                until = Limit.from(
                        this.group.time().nanoTime(),
                        this.group.controller().settings().phaseLimit(this.group.phase()),
                        "the limit for late cleanups");
            }
            this.unsettled++;
            if (this.state == State.TELLING) {
                return cleanup;
            }
            if (until == null) {
                until = this.limit;
            }
        }
        if (until != null) {
            beginEntry(cleanup, until);
        }
        return cleanup;
    }

    private void beginEntry(Entry entry, Limit until) {
        if (isLate()) {
            entry.late();
        }
        entry.limitTo(until);
        entry.begin();
    }

    private boolean isLate() {
        synchronized (this.entries) {
            return this.late;
        }
    }

    /** Takes an operation in, unless the group's turn has come. */
    boolean join(Entry operation) {
        synchronized (this.entries) {
            if (this.state != State.OPEN) {
                return false;
            }
            this.entries.add(operation);
            return true;
        }
    }

    /** Removes a cleanup that has not been started; before the abort it leaves no trace. */
    boolean remove(Cleanup cleanup) {
        synchronized (this.entries) {
            if (this.state == State.OPEN) {
                // Somebody may remove it again during the abort, which does not count it any more.
                cleanup.forget();
                return this.entries.remove(cleanup);
            }
        }
        return cleanup.removeStarted();
    }

    /** An entry has an outcome. */
    void settled(Entry entry) {
        synchronized (this.entries) {
            if (this.state == State.OPEN) {
                // A tracked operation that ended in good time.
                this.entries.remove(entry);
                return;
            }
        }
        report(entry);
    }

    /** An entry has an outcome, or has run out of time, while the group aborts. */
    void report(Entry entry) {
        try {
            AbortReport.Entry report = entry.report();
            this.group.controller().tell(listener -> listener.entrySettled(this.group, report));
        } finally {
            leave();
        }
    }

    private void leave() {
        synchronized (this.entries) {
            this.unsettled--;
            if (this.unsettled > 0 || this.state != State.ABORTING) {
                return;
            }
            this.state = State.SETTLED;
        }
        this.group.controller().groupSettled(this.group);
        this.group.controller().tell(listener -> listener.groupSettled(this.group, ownReport()));
        this.settled.complete(null);
    }

    private AbortReport ownReport() {
        return new AbortReport(true, elapsed(), reports());
    }

    private Duration elapsed() {
        Settlement by;
        synchronized (this.entries) {
            by = this.settlement;
        }
        return (by == null) ? Duration.ZERO : by.elapsed();
    }
}
