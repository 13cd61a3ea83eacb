package dev.settle.abort;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Aborts with the first of its sources. It hangs on the roots, never on another composite, as in the DOM standard. */
final class AnySignal extends TimedSource {

    /** Strongly held: whoever keeps the composite keeps its sources. */
    private final Set<AbortSignal> roots;

    private final List<DependentLink.Weak> links = new ArrayList<>(2);

    private AnySignal(Set<AbortSignal> roots, @Nullable Deadline deadline) {
        super(deadline);
        this.roots = roots;
    }

    static AbortSignal of(AbortSignal... signals) {
        DependentLink.Weak.sweep();
        Set<AbortSignal> roots = new LinkedHashSet<>();
        Deadline deadline = null;
        for (AbortSignal signal : signals) {
            roots.addAll(rootsOf(signal));
            deadline = Deadline.nearer(deadline, Deadline.of(signal));
        }
        AnySignal any = new AnySignal(roots, deadline);
        any.follow(signals);
        return any;
    }

    private static Collection<AbortSignal> rootsOf(AbortSignal signal) {
        if (signal instanceof AnySignal any) {
            return any.roots;
        }
        // One that never aborts needs no link.
        return (signal == AbortSignal.never()) ? List.of() : List.of(signal);
    }

    private void follow(AbortSignal... signals) {
        for (AbortSignal signal : signals) {
            if (signal.aborted()) {
                signal.reason().ifPresent(this::abort);
                return;
            }
        }
        for (AbortSignal root : this.roots) {
            DependentLink.Weak link = new DependentLink.Weak(root, this);
            // The link is in the list before the source can abort through it.
            synchronized (this) {
                this.links.add(link);
            }
            if (!link.link()) {
                root.reason().ifPresent(this::abort);
            }
            if (aborted()) {
                // Race: an abort through an earlier link may have cleared the list before this one was in it.
                link.unlink();
                return;
            }
        }
    }

    @Override
    public boolean settling() {
        return this.roots.stream().anyMatch(AbortSource::settling);
    }

    @Override
    protected Collection<AbortSignal> around() {
        return this.roots;
    }

    @Override
    boolean countsInterest() {
        return true;
    }

    @Override
    void listenedTo(boolean listened) {
        for (DependentLink.Weak link : this.links) {
            link.hold(listened ? this : null);
        }
    }

    /** The other sources need not wait for the garbage collector. */
    @Override
    protected void told() {
        List<DependentLink.Weak> all;
        synchronized (this) {
            // Race: a source may abort while the links to the others are still being made.
            all = List.copyOf(this.links);
        }
        all.forEach(DependentLink.Weak::unlink);
    }
}
