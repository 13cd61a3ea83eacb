package dev.settle.abort;

import org.jspecify.annotations.Nullable;

/** What binds a signal to one that it is inside of, when it is not its own link: there may be several. */
final class Tie extends DependentLink {

    private final AbortSignal parent;
    private final AbortSource child;
    private volatile @Nullable Registration registration;

    Tie(AbortSignal parent, AbortSource child) {
        this.parent = parent;
        this.child = child;
    }

    AbortSignal parent() {
        return this.parent;
    }

    @Override
    AbortSource dependent() {
        return this.child;
    }

    void make() {
        if (this.parent instanceof AbortSource source) {
            source.tie(this);
        } else {
            this.registration = this.parent.onAbort(this.child::abort);
        }
    }

    void cut() {
        if (this.parent instanceof AbortSource source) {
            source.unlink(this);
        }
        Registration registered = this.registration;
        if (registered != null) {
            registered.remove();
        }
    }
}
