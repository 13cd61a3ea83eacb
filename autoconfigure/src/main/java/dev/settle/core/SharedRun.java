package dev.settle.core;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.queue.Chain;
import dev.settle.time.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final RunSignal signal;
    private final TimeSource time;
    private final Consumer<SharedRun> over;
    private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Object> told = new CompletableFuture<>();

    // Guarded by this.
    private final Chain<Share> shares = new Chain<>();
    private Stage stage = Stage.GATHERING;

    /**
     * A run that gathers callers.
     *
     * @param settling whether the run is what shutdown itself has to do: then it may wait for better times even when the
     *     application stops, and a caller that shutdown aborts does not take its arguments back
     * @param over told once, outside any lock, before any caller, when the run has ended, or when all who wanted it have
     *     left it
     */
    public SharedRun(TimeSource time, boolean settling, Consumer<SharedRun> over) {
        this.time = time;
        this.signal = new RunSignal(settling);
        this.over = over;
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
        Share share = new Share(this, call);
        synchronized (this) {
            if (this.stage != Stage.GATHERING && !(late && this.stage == Stage.RUNNING)) {
                return null;
            }
            this.shares.add(share);
        }
        share.listen();
        return share.outcome();
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

    /** Completes when the run has ended, or will never begin, and all who wanted it have been told. */
    public CompletableFuture<@Nullable Object> told() {
        return this.told;
    }

    /**
     * Starts the run with the arguments of the latest caller, on this thread if it is that caller's and the method does
     * not keep it; false when there is nobody left.
     *
     * @param step what is done around the run, whatever becomes of it
     * @param here the call whose thread this is, or null
     */
    public boolean start(Step step, Next next, @Nullable Call here) {
        boolean onCallersThread;
        Call call;
        synchronized (this) {
            Share latest = this.shares.last();
            if (this.stage != Stage.GATHERING || latest == null) {
                return false;
            }
            this.stage = Stage.RUNNING;
            onCallersThread = latest.call() == here && !latest.parked();
            call = latest.elsewhere();
        }
        if (onCallersThread) {
            run(step, next, call);
        } else {
            call.handOver(
                    this.time,
                    () -> run(step, next, call),
                    ex -> run(step, instead -> CompletableFuture.failedFuture(ex), call));
        }
        return true;
    }

    private void run(Step step, Next next, Call call) {
        StepOutcome.follow(Next.around(step, next).start(call), this);
    }

    /**
     * The outcome of the run. It is there for those who come too late to join before it is over for them; and who waits
     * for the end of the run goes on before its callers, who may wait for that.
     */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        Futures.settle(this.result, value, failure);
        List<Share> all;
        boolean first;
        synchronized (this) {
            first = this.stage == Stage.RUNNING;
            this.stage = Stage.OVER;
            all = takeAll();
        }
        if (first) {
            this.over.accept(this);
        }
        settleLast(all, share -> share.settle(value, failure));
    }

    private void settleLast(List<Share> all, Consumer<Share> telling) {
        if (all.isEmpty()) {
            this.told.complete(null);
            return;
        }
        AtomicInteger left = new AtomicInteger(all.size());
        Apart.tell(this.time, all, share -> {
            telling.accept(share);
            if (left.decrementAndGet() == 0) {
                this.told.complete(null);
            }
        });
    }

    /** Ends all that wait, unless the run has started; each gets a failure of its own. */
    public void giveUp(Supplier<? extends Throwable> failure) {
        List<Share> all;
        synchronized (this) {
            if (this.stage != Stage.GATHERING) {
                return;
            }
            this.stage = Stage.OVER;
            all = takeAll();
        }
        this.result.complete(null);
        this.over.accept(this);
        settleLast(all, share -> share.settle(null, failure.get()));
    }

    /**
     * Lets all callers but the latest go.
     *
     * @param reason why, without effect once the run has started; null for callers who want no outcome
     */
    public void supersedeEarlier(@Nullable AbortReason reason) {
        List<Share> earlier;
        synchronized (this) {
            if (this.stage != Stage.GATHERING && reason != null) {
                return;
            }
            earlier = takeAllButTheLatest();
        }
        Apart.tell(this.time, earlier, share -> {
            if (reason == null) {
                share.settle(null, null);
            } else {
                share.fail(reason);
            }
        });
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
            all = takeAll();
        }
        this.over.accept(this);
        // First the work, then the callers: what it held is free when they go on.
        this.signal.abort(reason);
        Apart.tell(this.time, all, share -> share.fail(reason));
    }

    /** A caller gives up. */
    void leave(Share share, AbortReason reason) {
        boolean last;
        boolean started;
        synchronized (this) {
            boolean kept = this.stage == Stage.GATHERING
                    && this.signal.settling()
                    && reason.kind() == AbortReason.Kind.SHUTDOWN;
            if (!kept && !this.shares.remove(share)) {
                return;
            }
            last = this.shares.size() == 0 && this.stage != Stage.OVER;
            started = this.stage == Stage.RUNNING;
            if (last) {
                this.stage = started ? Stage.FORSAKEN : Stage.OVER;
            }
        }
        if (last && !started) {
            this.result.complete(null);
        }
        if (last) {
            this.over.accept(this);
            this.signal.abort(reason);
        }
        share.fail(reason);
        if (last && !started) {
            this.told.complete(null);
        }
    }

    private List<Share> takeAllButTheLatest() {
        List<Share> earlier = new ArrayList<>(this.shares.size());
        for (Share first = this.shares.first(); first != this.shares.last(); first = this.shares.first()) {
            earlier.add(first);
            this.shares.poll();
        }
        return earlier;
    }

    private List<Share> takeAll() {
        List<Share> all = this.shares.toList();
        all.forEach(this.shares::remove);
        return all;
    }

    /** Follows nobody, but is part of what all callers of now are part of. */
    private final class RunSignal extends AbortSource {

        private final boolean settling;

        RunSignal(boolean settling) {
            this.settling = settling;
        }

        @Override
        public boolean settling() {
            return this.settling;
        }

        @Override
        protected Collection<AbortSource> around() {
            synchronized (SharedRun.this) {
                return SharedRun.this.shares.toList().stream()
                        .map(share -> share.call().signal())
                        .toList();
            }
        }
    }
}
