package dev.settle.policy.exclusive;

import dev.settle.core.Call;
import dev.settle.core.Futures;
import dev.settle.core.Next;
import dev.settle.core.StepOutcome;
import dev.settle.queue.KeyedStates.Pinned;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a call that has found its only lock free, and gives it back when that outcome is there, before anybody
 * hears of it. There is none when the outcome is there at once.
 */
final class SingleRun extends StepOutcome implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    private final Locks locks;
    private final Pinned<Lock> lock;

    private SingleRun(Locks locks, Pinned<Lock> lock) {
        this.locks = locks;
        this.lock = lock;
    }

    /** Runs what is inside with the lock, which has been taken. */
    static CompletableFuture<@Nullable Object> start(Locks locks, Call call, Next next, Pinned<Lock> lock) {
        lock.state().heldBy(call, locks.time().nanoTime());
        CompletableFuture<@Nullable Object> inner = next.start(call);
        if (inner.isDone()) {
            release(locks, lock);
            return inner;
        }
        SingleRun run = new SingleRun(locks, lock);
        StepOutcome.follow(inner, run);
        return run;
    }

    private static void release(Locks locks, Pinned<Lock> lock) {
        lock.state().release();
        locks.unpin(lock);
    }

    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        release(this.locks, this.lock);
        Futures.settle(this, value, failure);
    }
}
