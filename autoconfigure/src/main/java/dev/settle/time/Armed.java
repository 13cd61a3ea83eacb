package dev.settle.time;

import java.io.Serial;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One armed timer, and its own place in a stripe's stack or in a slot of the wheel: 32 bytes, and nothing beside it.
 *
 * <p>The value is the task. Race: whoever takes it out has won, be it the time or the one who cancels. What is left is
 * dead and keeps nothing alive; it is swept later.
 */
final class Armed extends AtomicReference<@Nullable Runnable> implements TimeSource.Timer {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Stripe stripe;

    /** A reading of the clock; changed by the ticker alone. */
    long due;

    /** Written before the timer is pushed, and then by whoever has taken it from its list. */
    transient @Nullable Armed next;

    Armed(Runnable task, long due, Stripe stripe) {
        super(task);
        this.due = due;
        this.stripe = stripe;
    }

    @Override
    public void cancel() {
        if (get() != null && getAndSet(null) != null) {
            this.stripe.cancelled(this);
        }
    }

    /** The task, for the one who is to run it; nobody gets it twice. */
    @Nullable
    Runnable take() {
        Runnable task = getAndSet(null);
        if (task != null) {
            this.stripe.count(-1, 0);
        }
        return task;
    }

    /** Armed once more, by whoever took the task. */
    void again(Runnable task, long later) {
        this.due = later;
        this.stripe.count(1, 0);
        set(task);
    }

    boolean isDead() {
        return get() == null;
    }

    /** It was dead, and is in no list any more. */
    void dropped() {
        this.stripe.count(0, -1);
    }
}
