package dev.settle.abort;

import dev.settle.queue.Chain;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One group: open, then aborting, then settled. What registers while it aborts joins the settlement; what registers
 * after runs at once and is late.
 */
class Group implements AbortGroup {

    /** How long the cleanups of a group wait for the listeners of its signal, in nanoseconds. */
    private static final long MOST_PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private enum State {
        OPEN,
        /** The listeners of the signal are being told; what registers now starts after them. */
        TELLING,
        ABORTING,
        SETTLED
    }

    private final Controller controller;
    private final @Nullable Group parent;
    private final String name;
    private final Rank rank;
    private final AbortSource signal = new AbortSource();
    private final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();

    // Guarded by entries.
    private final Chain<Entry> entries = new Chain<>();
    private State state = State.OPEN;
    private @Nullable Settlement settlement;
    private @Nullable Limit limit;
    private int unsettled;
    private boolean late;

    /** The settlement of this group and those made from it; guarded by the controller's lock. */
    private @Nullable Settlement ownSettlement;

    Group(@Nullable Controller controller, @Nullable Group parent, String name, Rank rank) {
        this.controller = (controller != null) ? controller : (Controller) this;
        this.parent = parent;
        this.name = name;
        this.rank = rank;
    }

    @Override
    public AbortSignal signal() {
        return this.signal;
    }

    @Override
    public String name() {
        return this.name;
    }

    @Override
    public int phase() {
        return this.rank.phase();
    }

    @Override
    public int priority() {
        return this.rank.priority();
    }

    Rank rank() {
        return this.rank;
    }

    TimeSource time() {
        return this.controller.settings().time();
    }

    void execute(Runnable task) {
        this.controller.execute(task);
    }

    InFlight inFlight() {
        return this.controller.inFlight();
    }

    @Override
    public Registration onAbort(String name, AsyncCleanup cleanup) {
        return register(new Cleanup(this, name, Nanos.FOREVER, cleanup));
    }

    @Override
    public Registration onAbort(String name, Duration limit, AsyncCleanup cleanup) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("The limit of cleanup '" + name + "' must be positive, not " + limit);
        }
        return register(new Cleanup(this, name, Nanos.of(limit), cleanup));
    }

    @Override
    public Registration closeOnAbort(String name, AutoCloseable resource) {
        return onAbort(name, event -> {
            resource.close();
            return null;
        });
    }

    @Override
    public <T> CompletableFuture<T> track(String name, Function<AbortSignal, ? extends CompletionStage<T>> operation) {
        return new Operation<T>(this, name).run(inFlight(), operation);
    }

    @Override
    public AbortGroup nextGroup() {
        return nextGroup(this.name + "+1");
    }

    @Override
    public AbortGroup nextGroup(String name) {
        return this.controller.add(new Group(
                this.controller, this, name, new Rank(this.rank.phase(), Math.addExact(this.rank.priority(), 1))));
    }

    @Override
    public CompletableFuture<AbortReport> abortAsync() {
        return abortAsync(AbortReason.application("Aborted by the application"));
    }

    @Override
    public CompletableFuture<AbortReport> abortAsync(AbortReason reason) {
        return abort(reason, Nanos.FOREVER);
    }

    @Override
    public CompletableFuture<AbortReport> abortAsync(AbortReason reason, Duration limit) {
        return abort(reason, Nanos.of(limit));
    }

    CompletableFuture<AbortReport> abort(AbortReason reason, long limitNanos) {
        return this.controller.settlementOf(this, reason).settle(Integer.MIN_VALUE, limitNanos);
    }

    @Override
    public AbortReport report() {
        return this.controller.report(this);
    }

    /** Whether the group is the given one, or was made from it. */
    boolean isIn(Group other) {
        if (other == this.controller) {
            return true;
        }
        for (Group group = this; group != null; group = group.parent) {
            if (group == other) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    Settlement ownSettlement() {
        return this.ownSettlement;
    }

    void ownSettlement(Settlement settlement) {
        this.ownSettlement = settlement;
    }

    /** The settlements this group belongs to, its own first. Under the controller's lock. */
    List<Settlement> settlementsAround() {
        List<Settlement> all = new ArrayList<>(2);
        for (Group group = this; group != null; group = group.parent) {
            if (group.ownSettlement != null) {
                all.add(group.ownSettlement);
            }
        }
        return all;
    }

    /** A settlement this group belongs to that is over already. */
    @Nullable
    Settlement finishedScope() {
        return settlementsAround().stream()
                .filter(Settlement::finished)
                .findFirst()
                .orElse(null);
    }

    boolean isSettled() {
        synchronized (this.entries) {
            return this.state == State.SETTLED;
        }
    }

    AbortReason reason() {
        return this.signal.reason().orElseThrow();
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
            this.controller.tell(listener -> listener.groupAborting(this, reason));
            if (here) {
                this.signal.abort(reason, this::listenerFailed);
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
        Runnable tell = this.signal.abortAndTellLater(reason, this::listenerFailed);
        long patience = Math.min(MOST_PATIENCE, Math.max(0, until.at() - time().nanoTime()) / 10);
        TimeSource.Timer timer = time().schedule(patience, go);
        execute(() -> {
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
        Entry entry = new FailedListener(this);
        synchronized (this.entries) {
            this.entries.add(entry);
            this.unsettled++;
            if (this.late) {
                entry.late();
            }
        }
        entry.settle(null, failure);
        this.controller.tell(listener -> listener.listenerFailed("the signal of group '" + this.name + "'", failure));
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

    private Registration register(Cleanup cleanup) {
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
                        time().nanoTime(),
                        this.controller.settings().phaseLimit(phase()),
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

    int listeners() {
        return this.signal.listening();
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
            this.controller.tell(listener -> listener.entrySettled(this, report));
        } finally {
            leave();
        }
    }

    void endedLate(Entry entry, Duration lateness) {
        AbortReport.Entry report = entry.report();
        this.controller.tell(listener -> listener.endedLate(report, lateness));
    }

    private void leave() {
        synchronized (this.entries) {
            this.unsettled--;
            if (this.unsettled > 0 || this.state != State.ABORTING) {
                return;
            }
            this.state = State.SETTLED;
        }
        this.controller.groupSettled(this);
        this.controller.tell(listener -> listener.groupSettled(this, ownReport()));
        this.settled.complete(null);
    }

    private AbortReport ownReport() {
        List<AbortReport.Entry> lines = new ArrayList<>();
        addTo(lines);
        return new AbortReport(true, elapsed(), lines);
    }

    private Duration elapsed() {
        Settlement by;
        synchronized (this.entries) {
            by = this.settlement;
        }
        return (by == null) ? Duration.ZERO : by.elapsed();
    }

    void addTo(List<AbortReport.Entry> lines) {
        entries().forEach(entry -> lines.add(entry.report()));
    }

    private List<Entry> entries() {
        synchronized (this.entries) {
            return this.entries.toList();
        }
    }

    int pending() {
        return (int) entries().stream().filter(Entry::isPending).count();
    }

    GroupReport view(int mostEntries) {
        Map<Boolean, List<Entry>> byPending = entries().stream().collect(Collectors.partitioningBy(Entry::isPending));
        List<Entry> pending = Objects.requireNonNull(byPending.get(true));
        List<Entry> ended = Objects.requireNonNull(byPending.get(false));
        List<AbortReport.Entry> lines = Stream.concat(pending.stream(), ended.stream())
                .limit(mostEntries)
                .map(Entry::report)
                .toList();
        GroupReport.State seen;
        synchronized (this.entries) {
            seen = switch (this.state) {
                case OPEN -> GroupReport.State.OPEN;
                case TELLING, ABORTING -> GroupReport.State.ABORTING;
                case SETTLED -> GroupReport.State.SETTLED;
            };
        }
        return new GroupReport(
                this.name,
                (this.parent == null) ? null : this.parent.name,
                phase(),
                priority(),
                seen,
                pending.size(),
                lines,
                pending.size() + ended.size() - lines.size());
    }

    @Override
    public String toString() {
        return "AbortGroup[" + this.name + ", phase " + phase() + ", priority " + priority() + "]";
    }

    /** Stands in the report for a listener of the group's signal that threw. */
    private static final class FailedListener extends Entry {

        FailedListener(Group group) {
            super(group, "signal listener");
            start();
        }

        @Override
        void begin() {}

        @Override
        void stop(Limit exceeded) {}
    }
}
