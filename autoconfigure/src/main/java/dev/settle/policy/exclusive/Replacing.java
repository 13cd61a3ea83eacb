package dev.settle.policy.exclusive;

import dev.settle.ReentrantCallException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.ChildSource;
import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.WaitBounds;
import dev.settle.queue.KeyedStates.Pinned;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The newest call of a key aborts those before it, whether they run or still wait, and starts when the last of them has
 * really ended.
 *
 * <p>Race: two calls may replace each other on different keys. The order in which calls come is therefore decided for all
 * their keys at once, under one lock; they are aborted outside it.
 */
final class Replacing {

    private final Locks locks;

    // Guarded by this.
    private final IdentityHashMap<Lock, Set<LockedRun>> present = new IdentityHashMap<>();

    Replacing(Locks locks) {
        this.locks = locks;
    }

    CompletableFuture<@Nullable Object> run(Call call, Next next, WaitBounds bounds) {
        List<Pinned<Lock>> pinned = this.locks.pin(call, this.locks.keysOf(call));
        ChildSource signal = AbortSource.child(call.signal());
        LockedRun run = LockedRun.of(this.locks, call.with(signal), next, pinned, bounds);
        Set<LockedRun> before = enter(run, pinned);
        run.whenEnded(() -> {
            leave(run, pinned);
            signal.close();
        });
        for (LockedRun other : before) {
            if (call.signal().isWithin(above -> above == other.signal())) {
                run.failed(new ReentrantCallException("A call of '" + call.name() + "' from inside a call of '"
                        + call.name() + "' that it would replace would wait for itself"));
                return run;
            }
        }
        if (!before.isEmpty()) {
            call.emit(ExclusiveEvent.REPLACED, before.size());
            AbortReason reason = AbortReason.superseded("A later call of '" + call.name() + "' has replaced this one");
            before.forEach(other -> other.supersede(reason));
        }
        return run.start();
    }

    private synchronized Set<LockedRun> enter(LockedRun run, List<Pinned<Lock>> pinned) {
        Set<LockedRun> before = new LinkedHashSet<>();
        for (Pinned<Lock> lock : pinned) {
            Set<LockedRun> there = this.present.computeIfAbsent(lock.state(), key -> new LinkedHashSet<>());
            before.addAll(there);
            there.add(run);
        }
        return before;
    }

    private synchronized void leave(LockedRun run, List<Pinned<Lock>> pinned) {
        for (Pinned<Lock> lock : pinned) {
            Set<LockedRun> there = this.present.get(lock.state());
            if (there != null && there.remove(run) && there.isEmpty()) {
                this.present.remove(lock.state());
            }
        }
    }
}
