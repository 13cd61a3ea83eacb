package dev.settle.core;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.Registration;
import dev.settle.queue.Chain;
import dev.settle.time.TimeSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of what is inside for several callers, each with an outcome of its own. Before the run starts, callers may join
 * and leave, and the arguments of the latest of them count; a caller that gives up afterwards leaves the run to the
 * others, and the last one to leave aborts it.
 *
 * <p>Race: callers may leave while the run starts or ends. Who is in is decided under the lock, once for each caller, and
 * told outside it.
 */
public final class SharedRun implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    private enum Stage {
        GATHERING,
        RUNNING,
        FORSAKEN,
        OVER
    }

    private final AbortSource signal = new AbortSource();
    private final TimeSource time;
    private final Consumer<SharedRun> over;
    private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

    // Guarded by this.
    private final Chain<Share> shares = new Chain<>();
    private Stage stage = Stage.GATHERING;
    private boolean unhurried;

    /**
     * A run that gathers callers.
     *
     * @param over told once, outside any lock, before any caller, when the run has ended, or when all who wanted it have
     *     left it
     */
    public SharedRun(TimeSource time, Consumer<SharedRun> over) {
        this.time = time;
        this.over = over;
    }

    /** Lets the run wait for better times even when the application stops. */
    public synchronized SharedRun unhurried() {
        this.unhurried = true;
        return this;
    }

    /** The caller's share of the outcome; null when there is nothing to share any more. */
    public @Nullable CompletableFuture<@Nullable Object> join(Call call) {
        return join(call, true);
    }

    /** The caller's share of the outcome, with its arguments; null when the run has started. */
    public @Nullable CompletableFuture<@Nullable Object> gather(Call call) {
        return join(call, false);
    }

    private @Nullable CompletableFuture<@Nullable Object> join(Call call, boolean late) {
        Share share = new Share(call);
        synchronized (this) {
            if (this.stage != Stage.GATHERING && !(late && this.stage == Stage.RUNNING)) {
                return null;
            }
            this.shares.add(share);
        }
        share.listen();
        return share.outcome;
    }

    /** How many callers there are. */
    public synchronized int callers() {
        return this.shares.size();
    }

    /** The signal of the run. */
    public AbortSource signal() {
        return this.signal;
    }

    /** The outcome of the work, when it has really ended; of a run that never begins, null. Not for users to see. */
    public CompletableFuture<@Nullable Object> result() {
        return this.result;
    }

    /**
     * Starts the run with the arguments of the latest caller, on this thread if it is that caller's and the method does
     * not keep it; false when there is nobody left.
     *
     * @param here the call whose thread this is, or null
     */
    public boolean start(Next next, @Nullable Call here) {
        boolean onCallersThread;
        Call call;
        synchronized (this) {
            Share latest = this.shares.last();
            if (this.stage != Stage.GATHERING || latest == null) {
                return false;
            }
            this.stage = Stage.RUNNING;
            onCallersThread = latest.call == here && !latest.call.blocks();
            call = this.unhurried ? latest.elsewhere.unhurried() : latest.elsewhere;
        }
        if (onCallersThread) {
            next.start(call).whenComplete(this);
        } else {
            call.handOver(this.time, () -> next.start(call).whenComplete(this), ex -> accept(null, ex));
        }
        return true;
    }

    /** The outcome of the run. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        List<Share> all;
        boolean first;
        synchronized (this) {
            first = this.stage == Stage.RUNNING;
            this.stage = Stage.OVER;
            all = this.shares.toList();
            all.forEach(this.shares::remove);
        }
        if (first) {
            this.over.accept(this);
        }
        settle(all, value, failure);
        Futures.settle(this.result, value, failure);
    }

    /**
     * What one caller does next may wait for what another gets. So each hands the others over to another thread before it
     * is told itself; those whose threads are parked first, because they only have to be woken.
     */
    private void settle(List<Share> all, @Nullable Object value, @Nullable Throwable failure) {
        Queue<Share> apart = new ConcurrentLinkedQueue<>();
        for (Share share : all) {
            if (share.call.blocks()) {
                share.settle(value, failure);
            } else {
                apart.add(share);
            }
        }
        settleApart(apart, value, failure);
    }

    private void settleApart(Queue<Share> shares, @Nullable Object value, @Nullable Throwable failure) {
        Share share = shares.poll();
        if (share == null) {
            return;
        }
        if (!shares.isEmpty()) {
            this.time.execute(() -> settleApart(shares, value, failure));
        }
        share.settle(value, failure);
    }

    /** Ends all that wait, unless the run has started; each gets a failure of its own. */
    public void giveUp(Supplier<? extends Throwable> failure) {
        List<Share> all;
        synchronized (this) {
            if (this.stage != Stage.GATHERING) {
                return;
            }
            this.stage = Stage.OVER;
            all = this.shares.toList();
            all.forEach(this.shares::remove);
        }
        this.over.accept(this);
        all.forEach(share -> settle(List.of(share), null, failure.get()));
        this.result.complete(null);
    }

    /** Ends all that wait for the same reason but the latest, unless the run has started. */
    public void supersedeEarlier(AbortReason reason) {
        List<Share> earlier;
        synchronized (this) {
            if (this.stage != Stage.GATHERING) {
                return;
            }
            earlier = this.shares.toList();
            earlier.remove(this.shares.last());
            earlier.forEach(this.shares::remove);
        }
        settle(earlier, null, AbortSource.exception(reason));
    }

    /**
     * Aborts the run if it goes on: the work is told, and the callers go on at once. It is over for those who come later,
     * even if the work does not end.
     */
    public void abort(AbortReason reason) {
        List<Share> all;
        synchronized (this) {
            if (this.stage != Stage.RUNNING) {
                return;
            }
            this.stage = Stage.FORSAKEN;
            all = this.shares.toList();
            all.forEach(this.shares::remove);
        }
        this.over.accept(this);
        // First the work, then the callers: what it held is free when they go on.
        this.signal.abort(reason);
        settle(all, null, AbortSource.exception(reason));
    }

    private void leave(Share share, AbortReason reason) {
        boolean last;
        boolean started;
        synchronized (this) {
            if (!this.shares.remove(share)) {
                return;
            }
            last = this.shares.size() == 0 && this.stage != Stage.OVER;
            started = this.stage == Stage.RUNNING;
            if (last) {
                this.stage = started ? Stage.FORSAKEN : Stage.OVER;
            }
        }
        if (last) {
            this.over.accept(this);
            this.signal.abort(reason);
            if (!started) {
                this.result.complete(null);
            }
        }
        share.settle(null, AbortSource.exception(reason));
    }

    /** One caller. */
    private final class Share extends Chain.Node implements Consumer<AbortReason> {

        private final Call call;
        private final Call elsewhere;
        private final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
        private volatile @Nullable Registration registration;

        Share(Call call) {
            this.call = call;
            this.elsewhere = call.shared(SharedRun.this.signal);
        }

        void listen() {
            this.registration = this.call.signal().onAbort(this);
            // Race: the outcome may have come before the line above, and had nothing to remove.
            if (this.outcome.isDone()) {
                remove();
            }
        }

        @Override
        public void accept(AbortReason reason) {
            leave(this, reason);
        }

        void settle(@Nullable Object value, @Nullable Throwable failure) {
            remove();
            Futures.settle(this.outcome, value, failure);
        }

        private void remove() {
            Registration registered = this.registration;
            if (registered != null) {
                registered.remove();
            }
        }
    }
}
