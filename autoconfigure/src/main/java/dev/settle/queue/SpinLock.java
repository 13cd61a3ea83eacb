package dev.settle.queue;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A lock for as long as it takes to look at a few numbers or, seldom, to copy a list: one CAS, half of what a monitor costs, in
 * a field of its owner, which starts at zero. Who holds it must not wait, nor call anybody. Who finds it taken tries again.
 *
 * <p>It is given back in a {@code finally}, which needs some stack: where that is used up to the last frame, it would stay
 * taken. So it is taken only where deeper calls have gone before, on the same stack.
 */
public final class SpinLock {

    private static final int FREE = 0;
    private static final int TAKEN = 1;

    /** So often a lock that is taken is looked at before others are given the processor. */
    private static final int SPINS = 50;

    private SpinLock() {}

    /** Takes the lock if it is free. */
    public static <T> boolean tryLock(AtomicIntegerFieldUpdater<T> lock, T owner) {
        return lock.compareAndSet(owner, FREE, TAKEN);
    }

    /** Takes the lock as soon as it is free. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it but time; whoever parks must not have a lock
    public static <T> void lock(AtomicIntegerFieldUpdater<T> lock, T owner) {
        for (int tries = 0; lock.get(owner) != FREE || !tryLock(lock, owner); tries++) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else {
                // The thread that has it may be without a processor.
                Thread.yield();
            }
        }
    }

    /** Gives it back; what was written meanwhile is seen by who takes it next. */
    public static <T> void unlock(AtomicIntegerFieldUpdater<T> lock, T owner) {
        lock.lazySet(owner, FREE);
    }
}
