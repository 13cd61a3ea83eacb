package dev.settle.activity;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

/** So many of the next calls of a name are watched one by one; all others are counted only, and cost what they always cost. */
public final class Sample {

    private static final AtomicIntegerFieldUpdater<Sample> LEFT =
            AtomicIntegerFieldUpdater.newUpdater(Sample.class, "left");

    private final Consumer<Moment> witness;
    private final AtomicInteger allLeft;
    private volatile int left;

    /**
     * A sample of calls.
     *
     * @param witness is told of them, on the threads of the calls; must not lock, and not throw
     * @param most how many calls of the name
     * @param allLeft how many calls are left for all samples that share this number
     */
    public Sample(Consumer<Moment> witness, int most, AtomicInteger allLeft) {
        this.witness = witness;
        this.left = most;
        this.allLeft = allLeft;
    }

    /** Whether the call is one of them. */
    boolean take() {
        return LEFT.getAndDecrement(this) > 0 && this.allLeft.getAndDecrement() > 0;
    }

    /** How many more calls of the name. */
    public int left() {
        return Math.max(0, this.left);
    }

    boolean isUsedUp() {
        return this.left <= 0 || this.allLeft.get() <= 0;
    }

    Consumer<Moment> witness() {
        return this.witness;
    }
}
