package dev.settle.abort;

import org.jspecify.annotations.Nullable;

/** Stands for a signal that somebody else wrote, as what one child hangs on. */
final class ForeignParent extends AbortSource {

    private final AbortSignal signal;
    private volatile @Nullable Registration registration;

    ForeignParent(AbortSignal signal) {
        this.signal = signal;
    }

    /** Aborts with the signal from now on. */
    void follow() {
        this.registration = this.signal.onAbort(this::abort);
    }

    void leave() {
        Registration registered = this.registration;
        if (registered != null) {
            registered.remove();
        }
    }
}
