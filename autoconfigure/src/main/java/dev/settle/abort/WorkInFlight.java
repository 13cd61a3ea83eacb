package dev.settle.abort;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of work: the signal under which it runs. It is its own place here, and has ties to those around it. */
public abstract class WorkInFlight extends AbortSource {

    static final byte NOWHERE = -1;

    /** Where it is kept. */
    byte stripe = NOWHERE;

    /** Guarded by the lock of the stripe. */
    InFlight.@Nullable Tally tally;

    private boolean settling;

    /** The nearest of those around, taken once: some ask when nothing is around any more. */
    private @Nullable Deadline deadline;

    /** Null when there are none. */
    private volatile @Nullable List<Tie> ties;

    /** Aborts with the signals around it from now on: the last that is done in the making, because it may be now. */
    protected final void follow(AbortSignal around, AbortSignal other) {
        if (around == AbortSignal.never() && other == AbortSignal.never()) {
            return;
        }
        this.settling = settling(around) || settling(other);
        this.deadline = Deadline.nearer(Deadline.of(around), Deadline.of(other));
        List<Tie> all = new ArrayList<>(2);
        add(all, around);
        if (other != around) {
            add(all, other);
        }
        // Race: an abort may come while the ties are made; all are there before they can be needed.
        this.ties = all;
        all.forEach(Tie::make);
    }

    private void add(List<Tie> ties, AbortSignal around) {
        if (around != AbortSignal.never()) {
            ties.add(new Tie(around, this));
        }
    }

    @Override
    @Nullable
    final Deadline deadline() {
        return this.deadline;
    }

    @Override
    public boolean settling() {
        return this.settling;
    }

    @Override
    protected final Collection<AbortSignal> around() {
        List<Tie> all = this.ties;
        return (all == null) ? List.of() : all.stream().map(Tie::parent).toList();
    }

    /** Ends the ties to what is around: that may live long, and keeps nothing of finished work. */
    public final void close() {
        List<Tie> all = this.ties;
        if (all != null) {
            this.ties = null;
            all.forEach(Tie::cut);
        }
    }

    /** Whether a group waits for the work, and aborts it in its own turn; else it is a call. */
    public boolean ofGroup() {
        return false;
    }
}
