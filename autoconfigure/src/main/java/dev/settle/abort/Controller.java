package dev.settle.abort;

import dev.settle.time.Nanos;
import dev.settle.time.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** All groups by rank, and the settlements that work on them. */
final class Controller extends Group implements AsyncAbortController {

    private final ControllerSettings settings;
    private final InFlight inFlight = new InFlight();
    private final AbortSource shutdownRequested = new AbortSource();
    private final Object lock = new Object();

    // Written under lock.
    private final Map<Integer, Group> phases = new ConcurrentHashMap<>();

    // Guarded by lock. Only unsettled groups: a settled one is kept by its settlement alone.
    private final TreeMap<Rank, Set<Group>> unsettled = new TreeMap<>();

    Controller(ControllerSettings settings) {
        super(null, null, "root", new Rank(0, 0));
        this.settings = settings;
        add(this);
    }

    ControllerSettings settings() {
        return this.settings;
    }

    /** Runs it on a thread of its own; an executor of the user's that refuses must not leave anything pending. */
    @Override
    void execute(Runnable task) {
        try {
            this.settings.executor().execute(task);
        } catch (Throwable ex) {
            Workers.shared().execute(task);
        }
    }

    @Override
    public long listening() {
        long phases = this.phases.values().stream()
                .mapToLong(group -> group.listeners())
                .sum();
        return this.shutdownRequested.listening() + listeners() + phases;
    }

    Object lock() {
        return this.lock;
    }

    @Override
    public InFlight inFlight() {
        return this.inFlight;
    }

    @Override
    public AbortGroup phase(int phase) {
        Group made;
        synchronized (this.lock) {
            Group known = this.phases.get(phase);
            if (known != null) {
                return known;
            }
            made = new Group(this, this, "phase " + phase, new Rank(phase, 0));
            this.phases.put(phase, made);
        }
        return add(made);
    }

    /** Takes a new group in; one whose scope is over already is settled at once. */
    Group add(Group group) {
        Settlement over;
        synchronized (this.lock) {
            this.unsettled
                    .computeIfAbsent(group.rank(), rank -> new LinkedHashSet<>())
                    .add(group);
            over = group.finishedScope();
        }
        if (over != null) {
            over.afterTheEnd(group);
        }
        return group;
    }

    void groupSettled(Group group) {
        synchronized (this.lock) {
            Set<Group> peers = this.unsettled.get(group.rank());
            if (peers != null && peers.remove(group) && peers.isEmpty()) {
                this.unsettled.remove(group.rank());
            }
        }
    }

    /** The unsettled groups of the first rank that has any in the scope. Under the lock. */
    List<Group> next(Group scope) {
        for (Set<Group> groups : this.unsettled.values()) {
            List<Group> inScope =
                    groups.stream().filter(group -> group.isIn(scope)).toList();
            if (!inScope.isEmpty()) {
                return inScope;
            }
        }
        return List.of();
    }

    /** The ranks that are still to come after one. Under the lock. */
    List<Rank> ranksAfter(Group scope, Rank rank) {
        return this.unsettled.tailMap(rank, false).entrySet().stream()
                .filter(groups -> groups.getValue().stream().anyMatch(group -> group.isIn(scope)))
                .map(Map.Entry::getKey)
                .toList();
    }

    Settlement settlementOf(Group scope, AbortReason reason) {
        synchronized (this.lock) {
            Settlement settlement = scope.ownSettlement();
            if (settlement == null) {
                settlement = new Settlement(this, scope, reason);
                scope.ownSettlement(settlement);
            }
            return settlement;
        }
    }

    AbortReport report(Group scope) {
        List<AbortReport.Entry> lines = new ArrayList<>();
        Set<Group> groups = new LinkedHashSet<>();
        Settlement settlement = null;
        boolean settled;
        synchronized (this.lock) {
            // The scope may have settled in an abort of its own, of a group it was made from, or of all.
            for (Settlement around : scope.settlementsAround()) {
                around.begun().stream().filter(group -> group.isIn(scope)).forEach(groups::add);
                if (settlement == null && (around.begun().contains(scope) || around == scope.ownSettlement())) {
                    settlement = around;
                }
            }
            List<Group> open = this.unsettled.values().stream()
                    .flatMap(Set::stream)
                    .filter(group -> group.isIn(scope))
                    .toList();
            groups.addAll(open);
            settled = settlement != null && (settlement.finished() || open.isEmpty());
        }
        groups.forEach(group -> lines.addAll(group.members().reports()));
        return new AbortReport(settled, settlement == null ? Duration.ZERO : settlement.elapsed(), lines);
    }

    @Override
    public GroupsReport groups(int most, int mostEntries) {
        Set<Group> groups = new LinkedHashSet<>();
        synchronized (this.lock) {
            Settlement ofAll = ownSettlement();
            if (ofAll != null) {
                groups.addAll(ofAll.begun());
            }
            this.unsettled.values().forEach(groups::addAll);
        }
        return GroupViews.of(groups, most, mostEntries);
    }

    void tell(Consumer<AbortListener> event) {
        try {
            event.accept(this.settings.listener());
        } catch (Throwable ex) {
            Faults.log(AbortListener.class, "A listener of the abort failed", ex);
        }
    }

    @Override
    CompletableFuture<AbortReport> abort(AbortReason reason, long limitNanos) {
        this.shutdownRequested.abort(reason);
        return super.abort(reason, limitNanos);
    }

    @Override
    public AbortSignal shutdownRequested() {
        return this.shutdownRequested;
    }

    @Override
    public boolean requestShutdown(AbortReason reason) {
        return this.shutdownRequested.abort(reason, this::execute);
    }

    @Override
    public CompletableFuture<AbortReport> settleDownTo(int phase, AbortReason reason, Duration limit) {
        requestShutdown(reason);
        return settlementOf(this, reason).settleElsewhere(phase, Nanos.of(limit));
    }

    @Override
    public SortedSet<Integer> openPhases() {
        SortedSet<Integer> phases = new TreeSet<>(Comparator.reverseOrder());
        synchronized (this.lock) {
            this.unsettled.keySet().forEach(rank -> phases.add(rank.phase()));
        }
        return phases;
    }

    @Override
    public CompletableFuture<Void> drainAsync() {
        return this.inFlight.close();
    }

    @Override
    public void reopen() {
        // Race: shutdown first says that it has begun, and then closes the gate.
        this.inFlight.openUnless(this.shutdownRequested::aborted);
    }

    @Override
    public void close() {
        AbortReason reason = AbortReason.shutdown("The controller is closed");
        requestShutdown(reason);
        CompletableFuture<AbortReport> settled =
                settlementOf(this, reason).settleElsewhere(Integer.MIN_VALUE, this.settings.closeLimit());
        boolean interrupted = false;
        while (!settled.isDone()) {
            try {
                settled.get();
            } catch (InterruptedException ex) {
                // Our own deadlines bound the wait; what settles in order must not be rushed by an interrupt.
                interrupted = true;
            } catch (ExecutionException ex) {
                throw new IllegalStateException("A settlement never fails", ex);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
