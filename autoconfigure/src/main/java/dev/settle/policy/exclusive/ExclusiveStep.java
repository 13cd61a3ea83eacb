package dev.settle.policy.exclusive;

import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.TunableStep;
import dev.settle.core.WaitBounds;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.queue.PermitLine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs one call at a time for each key. */
final class ExclusiveStep implements TunableStep<ExclusiveSettings> {

    private final Locks locks;
    private final Joining joining;
    private final Replacing replacing;
    private volatile ExclusiveSettings settings;

    ExclusiveStep(ExclusiveSettings settings, Locks locks) {
        this.settings = settings;
        this.locks = locks;
        this.joining = new Joining(locks);
        this.replacing = new Replacing(locks);
    }

    /**
     * Goes on with another conflict rule, or other bounds, for calls that come from now on. The locks are the same for all
     * rules, so there is never a second run of a key. But each rule knows only its own runs: a call can join only what was
     * begun by JOIN, and replace only what was begun by REPLACE; for any other it waits in line.
     */
    @Override
    public void tune(ExclusiveSettings other) {
        this.settings = other;
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        // Read once: a call that replaces another must not find bounds that forbid it to wait for that.
        ExclusiveSettings now = this.settings;
        return switch (now.onConflict()) {
            case WAIT -> locked(call, next, now.bounds());
            case REJECT -> locked(call, next, null);
            case JOIN -> this.joining.run(call, next, now.bounds());
            case REPLACE -> this.replacing.run(call, next, now.bounds());
        };
    }

    /** A call of one key whose lock is free needs no run that could wait. */
    private CompletableFuture<@Nullable Object> locked(Call call, Next next, @Nullable WaitBounds bounds) {
        Object key = this.locks.keyOf(call);
        Pinned<Lock> lock = this.locks.single(call, key);
        if (lock != null && lock.state().line().tryEnter(1)) {
            return SingleRun.start(this.locks, call, next, lock);
        }
        List<Pinned<Lock>> pinned = (lock != null) ? List.of(lock) : this.locks.pinAll(call, key);
        return LockedRun.of(this.locks, call, next, pinned, bounds).start();
    }

    @Override
    public Map<String, Long> state() {
        if (this.locks.states().keyed()) {
            return Map.of("keys", (long) this.locks.states().keys());
        }
        PermitLine line = this.locks.states().only().state().line();
        return Map.of("held", 1L - line.free(), "waiting", (long) line.waiting());
    }

    @Override
    public String toString() {
        return "Exclusive " + this.settings.onConflict();
    }
}
