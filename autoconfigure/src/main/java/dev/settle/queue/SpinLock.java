package dev.settle.queue;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A lock for as long as it takes to look at a few numbers or, seldom, to copy a list: one CAS, half of what a monitor costs, in
 * a field of its owner, which starts at zero. Who holds it must not wait, nor call anybody, nor take the owner's monitor. Who
 * finds it taken tries again.
 *
 * <p>It is given back in a {@code finally}, which needs some stack: where that is used up to the last frame, it would stay
 * taken. So it is taken only where deeper calls have gone before, on the same stack.
 */
public final class SpinLock {

    private static final int FREE = 0;
    private static final int TAKEN = 1;

    /** So often a lock that is taken is looked at before that is left to one. */
    private static final int SPINS = 50;

    private SpinLock() {}

    /** Takes the lock if it is free. */
    public static <T> boolean tryLock(AtomicIntegerFieldUpdater<T> lock, T owner) {
        return lock.compareAndSet(owner, FREE, TAKEN);
    }

    /** Takes the lock as soon as it is free. */
    public static <T> void lock(AtomicIntegerFieldUpdater<T> lock, T owner) {
        for (int tries = 0; tries < SPINS; tries++) {
            if (lock.get(owner) == FREE && tryLock(lock, owner)) {
                return;
            }
            Thread.onSpinWait();
        }
        // The thread that has it may be without a processor: one waits for it, the others for that one. Not by yielding
        // or parking, which an event loop must not.
        synchronized (owner) {
            while (lock.get(owner) != FREE || !tryLock(lock, owner)) {
                Thread.onSpinWait();
            }
        }
    }

    /** Gives it back; what was written meanwhile is seen by who takes it next. */
    public static <T> void unlock(AtomicIntegerFieldUpdater<T> lock, T owner) {
        lock.lazySet(owner, FREE);
    }
}
