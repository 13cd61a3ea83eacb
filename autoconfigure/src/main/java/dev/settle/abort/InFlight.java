package dev.settle.abort;

import dev.settle.AbortedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

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
    private volatile boolean watched;

    /** How much nested work has come in while somebody waited. */
    private final AtomicLong nested = new AtomicLong();

    // Guarded by gate.
    private final Object gate = new Object();
    private List<CompletableFuture<Void>> drains = new ArrayList<>();
    private List<CompletableFuture<Void>> idlers = new ArrayList<>();

    /** Nothing in flight, and the gate open. */
    public InFlight() {
        for (int i = 0; i < STRIPES; i++) {
            this.stripes[i] = new Stripe();
        }
    }

    /** Lets the work in: false when the gate is closed. */
    public boolean enter(WorkInFlight work) {
        return enter(work, false);
    }

    /** Lets the work in through a closed gate: it belongs to work that is in already. */
    public void enterNested(WorkInFlight work) {
        enter(work, true);
    }

    private boolean enter(WorkInFlight work, boolean nested) {
        int index = (int) Thread.currentThread().getId() & (STRIPES - 1);
        Stripe stripe = this.stripes[index];
        stripe.lock();
        try {
            if (this.closed && !nested) {
                return false;
            }
            if (nested && this.watched) {
                this.nested.incrementAndGet();
            }
            work.stripe = (byte) index;
            stripe.add(work);
            return true;
        } finally {
            stripe.unlock();
        }
    }

    /**
     * The work has ended; harmless when it has left already, or never got in.
     *
     * @param aborted whether it ended because it was aborted
     */
    public void exit(WorkInFlight work, boolean aborted) {
        if (work.stripe == WorkInFlight.NOWHERE) {
            return;
        }
        Stripe stripe = this.stripes[work.stripe];
        stripe.lock();
        try {
            if (!stripe.remove(work)) {
                return;
            }
            // Counted before it is seen to have left: who waits for the last one reads the tally then.
            if (work.tally != null) {
                (aborted ? work.tally.aborted : work.tally.ended).increment();
            }
        } finally {
            stripe.unlock();
        }
        if (this.watched) {
            settle();
        }
    }

    /** Counts from now on what becomes of the calls that are in flight now. */
    public Tally tally() {
        Tally tally = new Tally();
        for (Stripe stripe : this.stripes) {
            stripe.lock();
            try {
                stripe.forEachCall(tally::add);
            } finally {
                stripe.unlock();
            }
        }
        return tally;
    }

    /** Whether new work is refused. */
    public boolean closed() {
        return this.closed;
    }

    /** How much work is going on. Takes no lock: who only looks must not be in the way of calls. */
    public int size() {
        int size = 0;
        for (Stripe stripe : this.stripes) {
            size += stripe.size();
        }
        return size;
    }

    private int count(ToIntFunction<Stripe> counted) {
        int count = 0;
        for (Stripe stripe : this.stripes) {
            stripe.lock();
            try {
                count += counted.applyAsInt(stripe);
            } finally {
                stripe.unlock();
            }
        }
        return count;
    }

    /** Does something with each piece of work now going on, outside any lock. */
    public void forEach(Consumer<? super WorkInFlight> consumer) {
        for (Stripe stripe : this.stripes) {
            all(stripe).forEach(consumer);
        }
    }

    private static List<WorkInFlight> all(Stripe stripe) {
        stripe.lock();
        try {
            return stripe.all();
        } finally {
            stripe.unlock();
        }
    }

    /** Closes the gate; the future completes when nothing is in flight. */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        synchronized (this.gate) {
            this.closed = true;
            this.watched = true;
            this.drains.add(drained);
        }
        settle();
        return drained;
    }

    /** Completes as soon as no call is in flight, whether the gate is open or closed; the work of groups may go on. */
    public CompletableFuture<Void> idle() {
        CompletableFuture<Void> idle = new CompletableFuture<>();
        synchronized (this.gate) {
            this.watched = true;
            this.idlers.add(idle);
        }
        settle();
        return idle;
    }

    /**
     * Opens the gate; those who wait for the end of a drain are told that it was called off.
     *
     * @param unless keeps it as it is; asked while nobody can close it, so it must not call anybody
     */
    public void openUnless(BooleanSupplier unless) {
        List<CompletableFuture<Void>> off;
        synchronized (this.gate) {
            if (unless.getAsBoolean()) {
                return;
            }
            this.closed = false;
            off = this.drains;
            this.drains = new ArrayList<>();
            this.watched = !this.idlers.isEmpty();
        }
        for (CompletableFuture<Void> drain : off) {
            drain.completeExceptionally(new AbortedException(AbortReason.application("Reopened while draining")));
        }
    }

    /**
     * Race: nested work may get into a stripe that has been counted, and the work around it may leave one that has not.
     * Then neither was seen, and all are counted again.
     */
    private boolean none(ToIntFunction<Stripe> counted) {
        long before;
        int count;
        do {
            before = this.nested.get();
            count = count(counted);
        } while (count == 0 && before != this.nested.get());
        return count == 0;
    }

    private void settle() {
        List<CompletableFuture<Void>> done;
        synchronized (this.gate) {
            // Somebody is still in: whoever leaves last comes here again.
            if (!none(Stripe::calls)) {
                return;
            }
            done = this.idlers;
            this.idlers = new ArrayList<>();
            if (this.closed && none(Stripe::size)) {
                done.addAll(this.drains);
                this.drains = new ArrayList<>();
            }
            this.watched = this.closed;
        }
        done.forEach(drain -> drain.complete(null));
    }

    /** What has become of the work that was in flight at some moment. */
    public static final class Tally {

        private final LongAdder ended = new LongAdder();
        private final LongAdder aborted = new LongAdder();
        private long total;

        private Tally() {}

        private void add(WorkInFlight work) {
            work.tally = this;
            this.total++;
        }

        /** How much work was in flight at that moment. */
        public long total() {
            return this.total;
        }

        /** How much of it has ended by itself since. */
        public long ended() {
            return this.ended.sum();
        }

        /** How much of it has been aborted since. */
        public long aborted() {
            return this.aborted.sum();
        }
    }
}
