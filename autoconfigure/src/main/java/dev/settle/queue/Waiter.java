package dev.settle.queue;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A place in a {@link WaitingLine}.
 *
 * <p>Race: it may be let in on one thread while it leaves on another. One CAS decides; who loses does nothing, and what
 * was taken for the loser goes to the next in line.
 */
public abstract class Waiter extends Chain.Node implements Runnable {

    private static final AtomicIntegerFieldUpdater<Waiter> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Waiter.class, "state");

    private static final int WAITING = 0;
    private static final int IN = 1;
    private static final int GONE = 2;

    private final int weight;
    private volatile int state = WAITING;

    /** A place that takes one permit. */
    protected Waiter() {
        this(1);
    }

    /** A place that takes so many permits at once. */
    protected Waiter(int weight) {
        this.weight = weight;
    }

    /** It is this waiter's turn, and what it waited for is its own. Outside any lock, and never inside another waiter's. */
    @Override
    public abstract void run();

    /** The line has been closed with this waiter in it. Outside any lock. */
    protected abstract void closed();

    /** The line has become too small for this waiter ever to get in. Outside any lock. */
    protected void tooHeavy() {
        closed();
    }

    /** How many permits it takes. */
    public final int weight() {
        return this.weight;
    }

    /** Whether it is neither in nor gone. */
    public final boolean waiting() {
        return this.state == WAITING;
    }

    final boolean letIn() {
        return STATE.compareAndSet(this, WAITING, IN);
    }

    final boolean give() {
        return STATE.compareAndSet(this, WAITING, GONE);
    }
}
