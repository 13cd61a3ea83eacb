package dev.settle.policy.bulkhead;

import dev.settle.abort.AbortSource;
import dev.settle.queue.PermitLine;
import org.jspecify.annotations.Nullable;

/** The permits of one key, and who has the only one. */
final class Permits {

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
        this.holder = signal;
    }

    void release() {
        this.holder = null;
        this.line.release(1);
    }

    /** Whether work under this signal would wait for a permit that comes back only when that work has ended. */
    boolean waitsForItself(AbortSource signal) {
        AbortSource only = this.holder;
        return this.line.permits() == 1 && only != null && signal.isWithin(above -> above == only);
    }
}
