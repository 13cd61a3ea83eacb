package dev.settle.abort;

import dev.settle.time.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The one settlement of a scope: of all groups, or of one group and those made from it. It goes rank by rank as far down
 * as somebody has asked for, and looks again at what there is after each rank, so groups made meanwhile get their turn.
 *
 * <p>Race: several threads may ask, and a turn may end on any thread. One of them turns the wheel at a time; whoever
 * finds it turning leaves, and the one that turns looks again under the lock before it stops.
 */
final class Settlement {

    private final Controller controller;
    private final Group scope;
    private final AbortReason reason;
    private final long startedAt;

    // Guarded by the controller's lock.
    private final List<Waiter> waiters = new ArrayList<>();
    private final Set<Group> begun = new LinkedHashSet<>();
    private final Map<Integer, Limit> phases = new HashMap<>();
    private @Nullable Rank reached;
    private boolean turning;
    private volatile boolean finished;
    private long endedAt;

    Settlement(Controller controller, Group scope, AbortReason reason) {
        this.controller = controller;
        this.scope = scope;
        this.reason = reason;
        this.startedAt = controller.time().nanoTime();
    }

    /** Settles everything of the given phase or above; listeners of the first signals run on this thread. */
    CompletableFuture<AbortReport> settle(int floor, long limitNanos) {
        return settle(floor, limitNanos, true);
    }

    /** Settles everything of the given phase or above, and runs nothing of the user's on this thread. */
    CompletableFuture<AbortReport> settleElsewhere(int floor, long limitNanos) {
        return settle(floor, limitNanos, false);
    }

    private CompletableFuture<AbortReport> settle(int floor, long limitNanos, boolean here) {
        long now = this.controller.time().nanoTime();
        Waiter waiter = new Waiter(floor, Limit.from(now, limitNanos, "the limit of the abort"));
        Cleanup self = Cleanup.RUNNING.get();
        if (self != null && self.group.isIn(this.scope)) {
            this.controller.tell(listener -> listener.selfWait(self.name));
        }
        Map<Group, Limit> running = new LinkedHashMap<>();
        boolean over;
        synchronized (this.controller.lock()) {
            over = isOver(waiter);
            if (!over) {
                this.waiters.add(waiter);
            }
            if (limitNanos < Nanos.FOREVER) {
                this.begun.stream()
                        .filter(group -> group.phase() >= floor && !group.isSettled())
                        .forEach(group -> running.put(group, waiter.share(now, ranksAfter(group))));
            }
        }
        running.forEach((group, limit) -> group.members().limitTo(limit));
        if (over) {
            waiter.complete(true);
        } else if (here) {
            turn(waiter);
        } else {
            this.controller.execute(() -> turn(null));
        }
        return waiter.future;
    }

    /** Whether only lower phases are left: what somebody else waits for there is none of this one's business. */
    private boolean isOver(Waiter waiter) {
        List<Group> next = this.controller.next(this.scope);
        return !next.isEmpty() && next.get(0).phase() < waiter.floor;
    }

    private List<Rank> ranksAfter(Group group) {
        return this.controller.ranksAfter(this.scope, group.rank());
    }

    /** Begins what is next, until something has to be waited for. */
    private void turn(@Nullable Waiter own) {
        synchronized (this.controller.lock()) {
            if (this.turning) {
                return;
            }
            this.turning = true;
        }
        while (true) {
            List<Waiter> done = new ArrayList<>();
            List<Group> next = take(done);
            done.forEach(waiter -> waiter.complete(waiter == own));
            if (next.isEmpty()) {
                return;
            }
            CompletableFuture<?>[] settling =
                    next.stream().map(group -> begin(group, own != null)).toArray(CompletableFuture[]::new);
            CompletableFuture<Void> all = CompletableFuture.allOf(settling);
            if (!all.isDone()) {
                // The thread that ends the last cleanup is not ours to run listeners on.
                all.whenComplete((nothing, never) -> this.controller.execute(this::again));
                return;
            }
        }
    }

    private void again() {
        synchronized (this.controller.lock()) {
            this.turning = false;
        }
        turn(null);
    }

    /** The groups of the next rank; when there are none, the wheel stops. Fills in those who need wait no longer. */
    private List<Group> take(List<Waiter> done) {
        synchronized (this.controller.lock()) {
            List<Group> next = this.controller.next(this.scope);
            int phase = next.isEmpty() ? Integer.MIN_VALUE : next.get(0).phase();
            for (Iterator<Waiter> rest = this.waiters.iterator(); rest.hasNext(); ) {
                Waiter waiter = rest.next();
                if (next.isEmpty() || waiter.floor > phase) {
                    rest.remove();
                    waiter.last = next.isEmpty() && waiter.floor == Integer.MIN_VALUE;
                    done.add(waiter);
                }
            }
            if (!this.finished && done.stream().anyMatch(waiter -> waiter.last)) {
                this.finished = true;
                this.endedAt = this.controller.time().nanoTime();
            }
            if (this.waiters.isEmpty()) {
                this.turning = false;
                return List.of();
            }
            this.begun.addAll(next);
            return next;
        }
    }

    private CompletableFuture<?> begin(Group group, boolean here) {
        Limit limit;
        boolean late;
        synchronized (this.controller.lock()) {
            late = this.reached != null && group.rank().compareTo(this.reached) < 0;
            if (!late) {
                this.reached = group.rank();
            }
            limit = limitFor(group, late);
        }
        return group.members().begin(this, this.reason, limit, late, here);
    }

    /** The nearest of the phase's limit and of what those who wait allow, with something kept for the ranks to come. */
    private Limit limitFor(Group group, boolean late) {
        long now = this.controller.time().nanoTime();
        List<Rank> after = ranksAfter(group);
        Limit nearest = phaseLimit(group.phase(), late, now).keeping(downTo(group.phase(), after), now);
        for (Waiter waiter : this.waiters) {
            if (group.phase() >= waiter.floor) {
                nearest = Limit.nearer(nearest, waiter.share(now, after));
            }
        }
        return nearest;
    }

    /** Counted from the phase's first group; a late group must not find it used up long ago. */
    private Limit phaseLimit(int phase, boolean late, long now) {
        long nanos = this.controller.settings().phaseLimit(phase);
        return late
                ? Limit.from(now, nanos, "the limit for late groups")
                : this.phases.computeIfAbsent(phase, key -> Limit.from(now, nanos, "the limit of phase " + key));
    }

    private static int downTo(int floor, List<Rank> ranks) {
        return (int) ranks.stream().filter(rank -> rank.phase() >= floor).count();
    }

    /** Whether everything in the scope had settled: what comes now is late. */
    boolean finished() {
        return this.finished;
    }

    /** Settles what was made after the end. */
    void afterTheEnd(Group group) {
        synchronized (this.controller.lock()) {
            this.begun.add(group);
        }
        group.members()
                .begin(
                        this,
                        this.reason,
                        Limit.from(
                                this.controller.time().nanoTime(),
                                this.controller.settings().phaseLimit(group.phase()),
                                "the limit for late cleanups"),
                        true,
                        false);
    }

    Duration elapsed() {
        synchronized (this.controller.lock()) {
            return Nanos.between(
                    this.startedAt,
                    this.finished ? this.endedAt : this.controller.time().nanoTime());
        }
    }

    /** The groups that have had their turn, in order. Under the lock. */
    Set<Group> begun() {
        return this.begun;
    }

    /** Somebody who wants everything down to a phase settled. */
    private final class Waiter {

        private final int floor;
        private final Limit limit;
        private final CompletableFuture<AbortReport> future = new CompletableFuture<>();
        private boolean last;

        Waiter(int floor, Limit limit) {
            this.floor = floor;
            this.limit = limit;
        }

        /** A waiter's continuations must not hold up the settlement, so they run elsewhere unless there are none yet. */
        void complete(boolean own) {
            Runnable completion = () -> this.future.complete(Settlement.this.controller.report(Settlement.this.scope));
            if (own) {
                completion.run();
            } else {
                Settlement.this.controller.execute(completion);
            }
        }

        /** What a rank may use of the limit; the ranks after it matter as far down as this one waits. */
        Limit share(long now, List<Rank> after) {
            return this.limit.keeping(downTo(this.floor, after), now);
        }
    }
}
