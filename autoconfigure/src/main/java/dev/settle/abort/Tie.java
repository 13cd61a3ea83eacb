package dev.settle.abort;

import org.jspecify.annotations.Nullable;

/** What binds a child to one parent. */
final class Tie {

    private final AbortSignal parent;
    private final DependentLink.Strong link;
    private volatile @Nullable Registration registration;

    Tie(AbortSignal parent, DependentLink.Strong link) {
        this.parent = parent;
        this.link = link;
    }

    AbortSignal parent() {
        return this.parent;
    }

    void make() {
        AbortSource child = this.link.dependent();
        if (!(this.parent instanceof AbortSource source)) {
            this.registration = this.parent.onAbort(child::abort);
        } else if (!source.link(this.link)) {
            source.reason().ifPresent(child::abort);
        }
    }

    void cut() {
        if (this.parent instanceof AbortSource source) {
            source.unlink(this.link);
        }
        Registration registered = this.registration;
        if (registered != null) {
            registered.remove();
        }
    }
}
