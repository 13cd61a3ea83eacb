package dev.settle.queue;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.IntSupplier;

/**
 * So many permits, and the line of those who wait for them.
 *
 * <p>Free permits and the word that somebody has to be told are one number: whoever gives permits back when nobody waits,
 * or takes them, needs no lock. Race: somebody goes to the line while a permit comes back. Going to the line first says
 * so in that number, and then looks for permits; giving back first adds the permit, and then looks for that word. One of
 * them sees the other.
 */
public final class PermitLine extends WaitingLine {

    private static final AtomicLongFieldUpdater<PermitLine> STATE =
            AtomicLongFieldUpdater.newUpdater(PermitLine.class, "state");

    private static final long WATCHED = 1;

    /** Free permits, times two; the lowest bit says whether somebody waits. Below zero after {@link #resize}. */
    private volatile long state;

    private volatile int permits;

    /** A line for so many permits. */
    public PermitLine(int permits) {
        this.permits = permits;
        this.state = times(permits);
    }

    @Override
    public boolean tryEnter(int weight) {
        for (long seen = this.state; (seen & WATCHED) == 0; seen = this.state) {
            if (seen < times(weight)) {
                return false;
            }
            if (STATE.compareAndSet(this, seen, seen - times(weight))) {
                return true;
            }
        }
        return super.tryEnter(weight);
    }

    @Override
    protected boolean take(int weight) {
        for (long seen = this.state; (seen & ~WATCHED) >= times(weight); seen = this.state) {
            if (STATE.compareAndSet(this, seen, seen - times(weight))) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected boolean fits(int weight) {
        return weight <= this.permits;
    }

    @Override
    protected void giveBack(int weight) {
        STATE.addAndGet(this, times(weight));
    }

    @Override
    protected void watched(boolean watched) {
        STATE.updateAndGet(this, seen -> watched ? seen | WATCHED : seen & ~WATCHED);
    }

    /** Gives permits back. What may happen to the waiters because of it happens before this returns, or is handed over. */
    public void release(int weight) {
        if ((STATE.addAndGet(this, times(weight)) & WATCHED) != 0) {
            letIn();
        }
    }

    /**
     * Changes the number of permits; those who have one keep it, and who waits for more than there are now is dismissed.
     *
     * @param wanted asked under the lock: of two who resize at the same time, the later one has the last word
     */
    public void resize(IntSupplier wanted) {
        synchronized (this) {
            int now = wanted.getAsInt();
            STATE.addAndGet(this, times(now) - times(this.permits));
            this.permits = now;
        }
        reconsider();
    }

    /** How many permits there are, free or not. */
    public int permits() {
        return this.permits;
    }

    /** How many are free. */
    public int free() {
        return (int) Math.max(0, this.state >> 1);
    }

    private static long times(int permits) {
        return 2L * permits;
    }
}
