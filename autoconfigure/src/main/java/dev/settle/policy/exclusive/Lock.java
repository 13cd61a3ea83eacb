package dev.settle.policy.exclusive;

import dev.settle.queue.PermitLine;
import org.jspecify.annotations.Nullable;

/** The lock of one key. */
final class Lock {

    private final PermitLine line = new PermitLine(1);
    private volatile @Nullable LockedRun holder;

    PermitLine line() {
        return this.line;
    }

    /** Who has the lock, if that can be told at the moment. */
    @Nullable
    LockedRun holder() {
        return this.holder;
    }

    void heldBy(LockedRun run) {
        this.holder = run;
    }

    void release() {
        this.holder = null;
        this.line.release(1);
    }
}
