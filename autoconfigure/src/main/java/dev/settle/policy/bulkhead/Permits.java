package dev.settle.policy.bulkhead;

import dev.settle.abort.AbortSource;
import dev.settle.queue.PermitLine;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The permits of one key, and who has the only one. That is written without a fence: who has to see it is inside that call,
 * or comes after it has given its permit back.
 */
final class Permits {

    private static final AtomicReferenceFieldUpdater<Permits, @Nullable AbortSource> HOLDER =
            AtomicReferenceFieldUpdater.newUpdater(Permits.class, AbortSource.class, "holder");

    private final PermitLine line;

    /** The signal of the call that took a permit last: with one permit, of the one that has it. */
    private volatile @Nullable AbortSource holder;

    Permits(int permits) {
        this.line = new PermitLine(permits);
    }

    PermitLine line() {
        return this.line;
    }

    void heldBy(AbortSource signal) {
        HOLDER.lazySet(this, signal);
    }

    void release() {
        HOLDER.lazySet(this, null);
        this.line.release(1);
    }

    /** Whether work under this signal would wait for a permit that comes back only when that work has ended. */
    boolean waitsForItself(AbortSource signal) {
        AbortSource only = this.holder;
        return this.line.permits() == 1 && only != null && signal.isWithin(above -> above == only);
    }
}
