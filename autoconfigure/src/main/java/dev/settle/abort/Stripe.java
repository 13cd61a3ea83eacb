package dev.settle.abort;

import dev.settle.queue.Chain;
import dev.settle.queue.SpinLock;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

/** A part of the work in flight, with a lock of its own. */
final class Stripe {

    private static final AtomicIntegerFieldUpdater<Stripe> LOCK =
            AtomicIntegerFieldUpdater.newUpdater(Stripe.class, "lock");
    private static final AtomicIntegerFieldUpdater<Stripe> SIZE =
            AtomicIntegerFieldUpdater.newUpdater(Stripe.class, "size");

    @SuppressWarnings("UnusedVariable") // by the updater alone
    private volatile int lock;

    /** Written under the lock, read without. */
    private volatile int size;

    // Under the lock.
    private final Chain<WorkInFlight> work = new Chain<>();
    private int calls;

    void lock() {
        SpinLock.lock(LOCK, this);
    }

    void unlock() {
        SpinLock.unlock(LOCK, this);
    }

    /** Under the lock. */
    void add(WorkInFlight entering) {
        this.work.add(entering);
        counted(entering, 1);
    }

    /** Under the lock; false when it is not here. */
    boolean remove(WorkInFlight leaving) {
        boolean there = this.work.remove(leaving);
        if (there) {
            counted(leaving, -1);
        }
        return there;
    }

    private void counted(WorkInFlight one, int more) {
        this.calls += one.ofGroup() ? 0 : more;
        SIZE.lazySet(this, this.work.size());
    }

    /** Under the lock. */
    List<WorkInFlight> all() {
        return this.work.toList();
    }

    /** Under the lock. */
    void forEachCall(Consumer<WorkInFlight> consumer) {
        this.work.forEach(one -> {
            if (!one.ofGroup()) {
                consumer.accept(one);
            }
        });
    }

    /** How many calls there are. Under the lock. */
    int calls() {
        return this.calls;
    }

    /** How much work there is, of groups too. Takes no lock. */
    int size() {
        return this.size;
    }
}
