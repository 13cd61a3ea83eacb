package dev.settle.abort;

import dev.settle.AbortedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The work now going on, behind a gate.
 *
 * <p>Work is spread over stripes, each with its own lock, so that calls on different threads do not meet. The gate and
 * the count agree because the gate is looked at under the lock of the stripe: whoever closes it takes each lock once
 * and then knows of everything that got in.
 */
public final class InFlight {

    private static final int STRIPES = 16;

    private final Stripe[] stripes = new Stripe[STRIPES];
    private volatile boolean closed;
    private final Object gate = new Object();
    private List<CompletableFuture<Void>> drains = new ArrayList<>();

    /** Nothing in flight, and the gate open. */
    public InFlight() {
        for (int i = 0; i < STRIPES; i++) {
            this.stripes[i] = new Stripe();
        }
    }

    /** One piece of work. */
    public abstract static class Work extends Chain.Node {
        private int stripe = -1;

        /** Gives the work up. */
        public abstract void abort(AbortReason reason);
    }

    /** Lets the work in: false when the gate is closed. */
    public boolean enter(Work work) {
        return enter(work, false);
    }

    /** Lets the work in through a closed gate: it belongs to work that is in already. */
    public void enterNested(Work work) {
        enter(work, true);
    }

    private boolean enter(Work work, boolean nested) {
        int index = (int) Thread.currentThread().getId() & (STRIPES - 1);
        Stripe stripe = this.stripes[index];
        synchronized (stripe) {
            if (this.closed && !nested) {
                return false;
            }
            work.stripe = index;
            stripe.work.add(work);
            return true;
        }
    }

    /** The work has ended; harmless when it has left already, or never got in. */
    public void exit(Work work) {
        if (work.stripe < 0) {
            return;
        }
        Stripe stripe = this.stripes[work.stripe];
        synchronized (stripe) {
            if (!stripe.work.remove(work)) {
                return;
            }
        }
        if (this.closed) {
            settleDrains();
        }
    }

    /** Whether new work is refused. */
    public boolean closed() {
        return this.closed;
    }

    /** How much work is going on. */
    public int size() {
        int size = 0;
        for (Stripe stripe : this.stripes) {
            synchronized (stripe) {
                size += stripe.work.size();
            }
        }
        return size;
    }

    /** Does something with each piece of work now going on, outside any lock. */
    public void forEach(Consumer<? super Work> consumer) {
        for (Stripe stripe : this.stripes) {
            List<Work> snapshot;
            synchronized (stripe) {
                snapshot = stripe.work.toList();
            }
            snapshot.forEach(consumer);
        }
    }

    /** Closes the gate; the future completes when nothing is in flight. */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        synchronized (this.gate) {
            this.closed = true;
            this.drains.add(drained);
        }
        settleDrains();
        return drained;
    }

    /** Opens the gate; those who wait for the end of a drain are told that it was called off. */
    public void open() {
        List<CompletableFuture<Void>> off;
        synchronized (this.gate) {
            this.closed = false;
            off = take();
        }
        for (CompletableFuture<Void> drain : off) {
            drain.completeExceptionally(new AbortedException(AbortReason.application("Reopened while draining")));
        }
    }

    private void settleDrains() {
        List<CompletableFuture<Void>> done;
        synchronized (this.gate) {
            // Reopened meanwhile, or somebody still in: whoever leaves last comes here again.
            if (!this.closed || size() > 0) {
                return;
            }
            done = take();
        }
        done.forEach(drain -> drain.complete(null));
    }

    private List<CompletableFuture<Void>> take() {
        List<CompletableFuture<Void>> taken = this.drains;
        this.drains = new ArrayList<>();
        return taken;
    }

    private static final class Stripe {
        private final Chain<Work> work = new Chain<>();
    }
}
