package dev.settle.policy.exclusive;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException.Reason;
import dev.settle.ReentrantCallException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.core.Call;
import dev.settle.core.Failures;
import dev.settle.core.Futures;
import dev.settle.core.Next;
import dev.settle.core.StepOutcome;
import dev.settle.core.WaitBounds;
import dev.settle.core.WaitingCall;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.time.Nanos;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One call with its locks: it takes them one after another, in the order of all, runs, and gives them back when the outcome
 * is there, before anybody hears of it. A wait that fails gives back what was taken before.
 *
 * <p>It is on one thread at a time: each hand-over, by the line or an executor, makes what was written before it visible.
 */
final class LockedRun extends StepOutcome implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    private final Locks locks;
    private final Call call;
    private Next next;
    private final List<Pinned<Lock>> pinned;
    private final @Nullable WaitBounds bounds;
    private final long startedAt;
    private volatile @Nullable Runnable onEnd;
    private volatile @Nullable AbortReason superseded;
    private int taken;

    private LockedRun(Locks locks, Call call, Next next, List<Pinned<Lock>> pinned, @Nullable WaitBounds bounds) {
        this.locks = locks;
        this.call = call;
        this.next = next;
        this.pinned = pinned;
        this.bounds = bounds;
        this.startedAt = locks.time().nanoTime();
    }

    /**
     * A call that has taken nothing yet.
     *
     * @param bounds those of its wait for what is not free; null when it is then refused
     */
    static LockedRun of(Locks locks, Call call, Next next, List<Pinned<Lock>> pinned, @Nullable WaitBounds bounds) {
        return new LockedRun(locks, call, next, pinned, bounds);
    }

    AbortSource signal() {
        return this.call.signal();
    }

    /** Has the task run when the work has ended, or will not begin. */
    LockedRun whenEnded(Runnable task) {
        this.onEnd = task;
        return this;
    }

    /** Takes locks as long as they are free; what is not free is waited for, or refused. Runs when it has all. */
    CompletableFuture<@Nullable Object> start() {
        while (this.taken < this.pinned.size()) {
            Pinned<Lock> lock = this.pinned.get(this.taken);
            if (!lock.state().line().tryEnter(1)) {
                notFree(lock);
                return this;
            }
            took(lock);
        }
        StepOutcome.follow(this.next.start(this.call), this);
        return this;
    }

    private void notFree(Pinned<Lock> lock) {
        ReentrantCallException reentry = reentry(this.call, lock, now());
        if (reentry != null) {
            failed(reentry);
        } else if (this.bounds == null) {
            failed(refusal(lock, Reason.CONFLICT));
        } else {
            new Wait(lock).start(this.bounds);
        }
    }

    /** The failure of a call from inside the run that has the lock; null when it is none. */
    static @Nullable ReentrantCallException reentry(Call call, Pinned<Lock> lock, long now) {
        Call holder = lock.state().holder();
        if (holder == null || !call.signal().isWithin(above -> above == holder.signal())) {
            return null;
        }
        return new ReentrantCallException("A call of '" + call.name() + "' from inside a call of '" + holder.name()
                + "' that has its lock (" + lock.state().describe(now) + ") would wait for itself");
    }

    private void took(Pinned<Lock> lock) {
        lock.state().heldBy(this.call, this.startedAt);
        this.taken++;
    }

    /** The outcome of what is inside. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        Runnable told = this.onEnd;
        if (told != null) {
            told.run();
        }
        release();
        AbortReason why = this.superseded;
        Futures.settle(this, value, (why == null || failure == null) ? failure : Failures.aborted(why, failure));
    }

    /** The work will not begin. */
    void failed(Throwable failure) {
        accept(null, failure);
    }

    private void release() {
        for (int i = this.taken - 1; i >= 0; i--) {
            this.pinned.get(i).state().release();
        }
        this.locks.unpin(this.pinned);
    }

    /**
     * Aborts the work, and lets the caller go on. The locks are kept until the work has really ended.
     *
     * <p>Race: the outcome may come at the same time; whichever settles the future first is the caller's.
     */
    void supersede(AbortReason reason) {
        if (!isDone()) {
            this.superseded = reason;
            this.call.signal().abort(reason);
            completeExceptionally(AbortSource.exception(reason));
        }
    }

    private Throwable refusal(Pinned<Lock> lock, Reason reason) {
        return this.call.refuse(
                Locks.POLICY, this.locks.shown(lock), reason, null, lock.state().describe(now()));
    }

    private long now() {
        return this.locks.time().nanoTime();
    }

    /** The wait for one of the locks. All of them together may take no longer than one wait. */
    private final class Wait extends WaitingCall {

        private final Pinned<Lock> lock;

        Wait(Pinned<Lock> lock) {
            super(
                    LockedRun.this.call,
                    LockedRun.this.next,
                    Locks.POLICY,
                    CallPhase.WAITING_EXCLUSIVE,
                    lock.state().line(),
                    LockedRun.this.locks.time());
            this.lock = lock;
        }

        void start(WaitBounds bounds) {
            long waited = now() - LockedRun.this.startedAt;
            start(bounds, (bounds.nanos() == Nanos.FOREVER) ? Nanos.FOREVER : bounds.nanos() - waited);
        }

        @Override
        protected void admitted(Next inside) {
            took(this.lock);
            LockedRun.this.next = inside;
            LockedRun.this.start();
        }

        @Override
        protected void failed(Throwable failure) {
            LockedRun.this.failed(failure);
        }

        @Override
        protected Throwable refusal(Reason reason) {
            return LockedRun.this.refusal(this.lock, reason);
        }
    }
}
