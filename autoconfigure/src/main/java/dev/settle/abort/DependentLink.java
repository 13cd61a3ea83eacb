package dev.settle.abort;

import dev.settle.queue.Chain;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** How a signal holds one that depends on it: strongly until it is unlinked, unless it is {@link Weak}. */
abstract class DependentLink extends Chain.Node {

    abstract @Nullable AbortSource dependent();

    /** Held weakly until somebody listens: a million forgotten {@code any} signals leave nothing behind. */
    static final class Weak extends DependentLink {

        private static final ReferenceQueue<AbortSource> FORGOTTEN = new ReferenceQueue<>();

        private final AbortSignal source;
        private final Ref ref;

        /** At a signal that somebody else wrote, which knows listeners only. */
        private volatile @Nullable Registration registration;

        /** Read by the garbage collector alone: while somebody listens, the source holds the dependent through it. */
        @SuppressWarnings("UnusedVariable")
        private volatile @Nullable AbortSource listenedTo;

        Weak(AbortSignal source, AbortSource dependent) {
            this.source = source;
            this.ref = new Ref(this, dependent);
        }

        @Override
        @Nullable
        AbortSource dependent() {
            return this.ref.get();
        }

        void hold(@Nullable AbortSource dependent) {
            this.listenedTo = dependent;
        }

        /** False when the source has aborted, and the caller must see to it. */
        boolean link() {
            if (this.source instanceof AbortSource own) {
                return own.link(this);
            }
            this.registration = this.source.onAbort(this::abort);
            return !this.source.aborted();
        }

        private void abort(AbortReason reason) {
            AbortSource dependent = dependent();
            if (dependent != null) {
                dependent.abort(reason);
            }
        }

        void unlink() {
            if (this.source instanceof AbortSource own) {
                own.unlink(this);
            }
            Registration registered = this.registration;
            if (registered != null) {
                registered.remove();
            }
        }

        /** Unlinks what the garbage collector has found forgotten; whoever makes a new link sweeps the old ones. */
        static void sweep() {
            for (Object ref = FORGOTTEN.poll(); ref != null; ref = FORGOTTEN.poll()) {
                ((Ref) ref).link.unlink();
            }
        }

        private static final class Ref extends WeakReference<AbortSource> {

            private final Weak link;

            Ref(Weak link, AbortSource dependent) {
                super(dependent, FORGOTTEN);
                this.link = link;
            }
        }
    }
}
