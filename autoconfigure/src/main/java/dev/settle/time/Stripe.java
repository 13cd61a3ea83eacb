package dev.settle.time;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads of one stripe put new timers: a stack, which the ticker takes as a whole, and two counts.
 *
 * <p>Most timers are cancelled, and most of these by the thread that armed them last: then the timer is on top, and is
 * gone at once. The others stay as dead ones until the ticker comes by.
 *
 * <p>Race: taking one off the top is a CAS from it to the next. It could go wrong only if the same timer came back to
 * the top in between, and none is pushed twice.
 */
final class Stripe {

    /** Each so many dead ones the ticker is asked to look. */
    static final int MANY = 1024;

    /** Far from both ends of its array: no two threads share a cache line unless they share the stripe. */
    private static final int TOP = 32;

    private static final int COUNT = 16;

    private final AtomicReferenceArray<@Nullable Armed> stack = new AtomicReferenceArray<>(2 * TOP);

    /** The live ones in the upper half, the dead ones (below zero for a moment, in a race) in the lower: one addition. */
    private final AtomicLongArray counts = new AtomicLongArray(2 * COUNT);

    private final Runnable sweep;

    Stripe(Runnable sweep) {
        this.sweep = sweep;
    }

    void push(Armed timer) {
        Armed top;
        do {
            top = this.stack.get(TOP);
            timer.next = top;
        } while (!this.stack.compareAndSet(TOP, top, timer));
        count(1, 0);
    }

    /** All that have been pushed, the latest first. */
    @Nullable
    Armed takeAll() {
        return (this.stack.get(TOP) == null) ? null : this.stack.getAndSet(TOP, null);
    }

    void cancelled(Armed timer) {
        int popped = 0;
        for (Armed top = this.stack.get(TOP); top != null && top.isDead(); top = this.stack.get(TOP)) {
            if (this.stack.compareAndSet(TOP, top, top.next)) {
                // What is kept by somebody must not keep those that were below it.
                top.next = null;
                popped++;
            }
        }
        int dead = dead(count(-1, 1 - popped));
        if (dead > 0 && dead % MANY == 0 && popped == 0) {
            this.sweep.run();
        }
    }

    /** Counts more, or fewer, live and dead ones. */
    long count(int live, int dead) {
        return this.counts.addAndGet(COUNT, ((long) live << Integer.SIZE) + dead);
    }

    int live() {
        long both = this.counts.get(COUNT);
        return (int) ((both - dead(both)) >> Integer.SIZE);
    }

    int dead() {
        return dead(this.counts.get(COUNT));
    }

    private static int dead(long both) {
        return (int) both;
    }
}
