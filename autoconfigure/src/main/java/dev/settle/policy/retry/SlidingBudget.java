package dev.settle.policy.retry;

import dev.settle.time.TimeSource;
import java.util.Arrays;

/** Counts over a ring of ten slots, each a tenth of the time a call counts. */
final class SlidingBudget implements RetryBudget {

    private static final int SLOTS = 10;

    private final TimeSource time;
    private final double ratio;
    private final double reserve;
    private final long slotNanos;
    private final long origin;

    // Guarded by this.
    private final double[] balance = new double[SLOTS];
    private long slot;

    SlidingBudget(Settings settings, TimeSource time) {
        this.time = time;
        this.ratio = settings.ratio();
        this.reserve = (double) settings.minPerSecond() * settings.ttl().toMillis() / 1000;
        this.slotNanos = settings.ttl().toNanos() / SLOTS;
        this.origin = time.nanoTime();
    }

    @Override
    public synchronized void deposit() {
        current();
        this.balance[index()] += this.ratio;
    }

    @Override
    public synchronized boolean tryWithdraw() {
        current();
        // A fifth five times is a little less than one in binary.
        if (this.reserve + Arrays.stream(this.balance).sum() < 1 - 1e-6) {
            return false;
        }
        this.balance[index()] -= 1;
        return true;
    }

    /** Forgets the slots that have passed. */
    private void current() {
        long now = (this.time.nanoTime() - this.origin) / this.slotNanos;
        for (long passed = Math.max(this.slot, now - SLOTS) + 1; passed <= now; passed++) {
            this.balance[(int) (passed % SLOTS)] = 0;
        }
        this.slot = now;
    }

    private int index() {
        return (int) (this.slot % SLOTS);
    }
}
