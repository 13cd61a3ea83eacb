package dev.settle.abort;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source inside another signal: it aborts with it, and has its deadline. */
public class ChildSource extends AbortSource {

    private final boolean settling;

    /** That of the parent, taken once: signals may be nested deeply, and some are asked when nothing is around them any more. */
    private final @Nullable Deadline deadline;

    /** Null when there is nothing to end: the parent never aborts, or the child is closed. */
    private volatile @Nullable AbortSource parent;

    /** Follows its parent. */
    protected ChildSource(AbortSignal parent) {
        this.settling = settling(parent);
        this.deadline = Deadline.of(parent);
        if (parent instanceof AbortSource source) {
            this.parent = source;
            source.tie(this);
        } else if (parent != AbortSignal.never()) {
            ForeignParent foreign = new ForeignParent(parent);
            this.parent = foreign;
            foreign.tie(this);
            foreign.follow();
        }
    }

    @Override
    public boolean settling() {
        return this.settling;
    }

    @Override
    @Nullable
    Deadline deadline() {
        return this.deadline;
    }

    @Override
    protected final Collection<AbortSource> around() {
        AbortSource around = this.parent;
        return (around == null) ? List.of() : List.of(around);
    }

    /** Ends the tie to the parent: a long-lived one keeps nothing of finished work. */
    public final void close() {
        AbortSource around = this.parent;
        if (around != null) {
            this.parent = null;
            around.unlink(this);
            if (around instanceof ForeignParent foreign) {
                foreign.leave();
            }
        }
    }
}
