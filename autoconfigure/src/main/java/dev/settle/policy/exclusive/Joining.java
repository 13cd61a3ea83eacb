package dev.settle.policy.exclusive;

import dev.settle.ReentrantCallException;
import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.SharedRun;
import dev.settle.core.WaitBounds;
import dev.settle.queue.KeyedStates.Pinned;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the same keys share one run. The run has the locks like any other, so one that everybody has left, and that is
 * still going on, keeps a new one waiting.
 *
 * <p>Race: a run may end, or be left by all, when a call is about to join it. Joining it then fails, and a new one is
 * started; the old one takes only itself off the list.
 */
final class Joining {

    private final Map<Set<Object>, SharedRun> runs = new ConcurrentHashMap<>();
    private final Locks locks;

    Joining(Locks locks) {
        this.locks = locks;
    }

    CompletableFuture<@Nullable Object> run(Call call, Next next, WaitBounds bounds) {
        Set<Object> keys = this.locks.keysOf(call);
        if (keys.isEmpty()) {
            // No key is in nobody's way, and nothing that two calls could have in common.
            return locked(call, next, keys, bounds);
        }
        ReentrantCallException reentry = reentry(call, keys);
        if (reentry != null) {
            return CompletableFuture.failedFuture(reentry);
        }
        while (true) {
            SharedRun present = this.runs.get(keys);
            CompletableFuture<@Nullable Object> share =
                    (present == null) ? start(call, next, keys, bounds) : join(call, keys, present);
            if (share != null) {
                return share;
            }
        }
    }

    /**
     * Asked of each caller before it shares a run: a run that waits for a lock already does not look again who has it, and
     * it is not to fail for all because one of them is inside the run that has.
     */
    private @Nullable ReentrantCallException reentry(Call call, Set<Object> keys) {
        List<Pinned<Lock>> pinned = this.locks.pin(call, keys);
        try {
            return pinned.stream()
                    .map(lock -> LockedRun.reentry(call, lock, this.locks.time().nanoTime()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        } finally {
            this.locks.unpin(pinned);
        }
    }

    private @Nullable CompletableFuture<@Nullable Object> join(Call call, Set<Object> keys, SharedRun present) {
        if (call.signal().isWithin(above -> above == present.signal())) {
            return CompletableFuture.failedFuture(new ReentrantCallException("A call of '" + call.name()
                    + "' from inside a call of '" + call.name() + "' that it would join would wait for itself"));
        }
        CompletableFuture<@Nullable Object> share = present.join(call);
        if (share == null) {
            this.runs.remove(keys, present);
        } else {
            call.emit(ExclusiveEvent.JOINED, present.callers());
        }
        return share;
    }

    private @Nullable CompletableFuture<@Nullable Object> start(
            Call call, Next next, Set<Object> keys, WaitBounds bounds) {
        SharedRun fresh =
                new SharedRun(this.locks.time(), call.signal().settling(), over -> this.runs.remove(keys, over));
        if (this.runs.putIfAbsent(keys, fresh) != null) {
            return null;
        }
        CompletableFuture<@Nullable Object> share = fresh.join(call);
        fresh.start((one, inner) -> locked(one, inner, keys, bounds), next, call);
        return share;
    }

    private CompletableFuture<@Nullable Object> locked(Call one, Next next, Set<Object> keys, WaitBounds bounds) {
        return LockedRun.of(this.locks, one, next, this.locks.pin(one, keys), bounds)
                .start();
    }
}
