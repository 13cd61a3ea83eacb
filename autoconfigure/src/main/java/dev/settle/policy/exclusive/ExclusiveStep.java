package dev.settle.policy.exclusive;

import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.Step;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs one call at a time for each key. */
final class ExclusiveStep implements Step {

    private final ExclusiveSettings settings;
    private final Locks locks;
    private final Conflict conflict;

    /** What a call does about others that have its keys. */
    @FunctionalInterface
    interface Conflict {

        CompletableFuture<@Nullable Object> run(Call call, Next next);
    }

    ExclusiveStep(ExclusiveSettings settings, Locks locks) {
        this.settings = settings;
        this.locks = locks;
        this.conflict = switch (settings.onConflict()) {
            case WAIT -> (call, next) -> lock(call, next, true);
            case REJECT -> (call, next) -> lock(call, next, false);
            case JOIN -> new Joining(locks);
            case REPLACE -> new Replacing(locks);
        };
    }

    private CompletableFuture<@Nullable Object> lock(Call call, Next next, boolean waits) {
        return new LockedRun(this.locks, call, next, this.locks.pin(call, this.locks.keysOf(call)), waits).start();
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        return this.conflict.run(call, next);
    }

    @Override
    public String toString() {
        return "Exclusive " + this.settings.onConflict();
    }
}
