package dev.settle.queue;

import dev.settle.queue.WaitingLine.Entry;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A copy of {@link PermitLine} and what it inherits, right but for one flaw. Tests that pass with the real line must fail
 * with this one, or they prove nothing.
 */
final class BrokenLine implements Line {

    private static final long WATCHED = 1;

    private final Chain<Waiter> line = new Chain<>();
    private final AtomicLong state;
    private final Flaw flaw;
    private final Runnable window;
    private int permits;
    private boolean closed;

    /** What is broken; each is a bug that some library has had. */
    enum Flaw {
        /** Nothing: the copy is a true one. */
        NONE,
        /** Who gives a permit back looks for waiters before it adds the permit. */
        RELEASE_LOOKS_BEFORE_IT_ADDS,
        /** Who goes to the line looks for permits before it says that it comes. */
        ENTER_LOOKS_BEFORE_IT_TELLS,
        /** Nobody looks at the next in line when the first leaves. */
        LEAVE_FORGETS_THE_NEXT,
        /** Whoever sees the waiter waiting takes itself for the winner. */
        WAITER_WITHOUT_CAS,
        /** What was taken for a waiter that has left meanwhile is lost. */
        PERMIT_OF_THE_LOSER_IS_LOST,
        /** The line is emptied before it is closed. */
        CLOSE_EMPTIES_FIRST,
        /** More permits, and nobody looks who could have them. */
        RESIZE_FORGETS_THE_WAITERS,
        /** A permit that is free is anybody's. */
        TRY_ENTER_OVERTAKES
    }

    /**
     * A line that is broken.
     *
     * @param window what passes the time where the flaw leaves a gap, so that it does not take luck to hit it
     */
    BrokenLine(int permits, Flaw flaw, Runnable window) {
        this.permits = permits;
        this.state = new AtomicLong(2L * permits);
        this.flaw = flaw;
        this.window = window;
    }

    private boolean has(Flaw one) {
        return this.flaw == one;
    }

    @Override
    public boolean tryEnter(int weight) {
        if (has(Flaw.TRY_ENTER_OVERTAKES)) {
            return take(weight);
        }
        synchronized (this) {
            return !this.closed && this.line.size() == 0 && take(weight);
        }
    }

    private boolean take(int weight) {
        for (long seen = this.state.get(); (seen & ~WATCHED) >= 2L * weight; seen = this.state.get()) {
            if (this.state.compareAndSet(seen, seen - 2L * weight)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized Entry enter(Waiter waiter, int capacity) {
        if (this.closed) {
            return Entry.CLOSED;
        }
        if (!has(Flaw.ENTER_LOOKS_BEFORE_IT_TELLS)) {
            watched(true);
        }
        Entry entry = place(waiter, capacity);
        watched(this.line.size() > 0);
        return entry;
    }

    private Entry place(Waiter waiter, int capacity) {
        if (this.line.size() == 0 && take(waiter.weight())) {
            if (waiter.letIn()) {
                return Entry.IN;
            }
            giveBack(waiter);
            return Entry.LEFT;
        }
        if (has(Flaw.ENTER_LOOKS_BEFORE_IT_TELLS)) {
            this.window.run();
        }
        if (!waiter.waiting()) {
            return Entry.LEFT;
        }
        if (this.line.size() >= capacity) {
            return Entry.FULL;
        }
        this.line.add(waiter);
        return Entry.WAITING;
    }

    private void giveBack(Waiter waiter) {
        if (!has(Flaw.PERMIT_OF_THE_LOSER_IS_LOST)) {
            this.state.addAndGet(2L * waiter.weight());
        }
    }

    private void watched(boolean watched) {
        this.state.updateAndGet(seen -> watched ? seen | WATCHED : seen & ~WATCHED);
    }

    @Override
    public void release(int weight) {
        boolean somebodyWaits = (this.state.get() & WATCHED) != 0;
        if (has(Flaw.RELEASE_LOOKS_BEFORE_IT_ADDS)) {
            this.window.run();
        }
        long now = this.state.addAndGet(2L * weight);
        if (has(Flaw.TRY_ENTER_OVERTAKES)) {
            this.window.run();
        }
        if (has(Flaw.RELEASE_LOOKS_BEFORE_IT_ADDS) ? somebodyWaits : (now & WATCHED) != 0) {
            letIn();
        }
    }

    @Override
    public void resize(int permits) {
        synchronized (this) {
            this.state.addAndGet(2L * permits - 2L * this.permits);
            this.permits = permits;
        }
        if (!has(Flaw.RESIZE_FORGETS_THE_WAITERS)) {
            letIn();
        }
    }

    @Override
    public boolean leave(Waiter waiter) {
        if (!give(waiter)) {
            return false;
        }
        synchronized (this) {
            if (this.line.remove(waiter)) {
                watched(this.closed || this.line.size() > 0);
            }
        }
        if (!has(Flaw.LEAVE_FORGETS_THE_NEXT)) {
            letIn();
        }
        return true;
    }

    private boolean give(Waiter waiter) {
        return has(Flaw.WAITER_WITHOUT_CAS) ? seesItWaiting(waiter) && (waiter.give() || true) : waiter.give();
    }

    private boolean letIn(Waiter waiter) {
        return has(Flaw.WAITER_WITHOUT_CAS) ? seesItWaiting(waiter) && (waiter.letIn() || true) : waiter.letIn();
    }

    private boolean seesItWaiting(Waiter waiter) {
        boolean waits = waiter.waiting();
        this.window.run();
        return waits;
    }

    private void letIn() {
        for (Waiter next = next(); next != null; next = next()) {
            Trampoline.run(next);
        }
    }

    private synchronized Waiter next() {
        for (Waiter first = this.line.first(); first != null; first = this.line.first()) {
            boolean waits = first.waiting();
            if (waits && !take(first.weight())) {
                return null;
            }
            if (has(Flaw.PERMIT_OF_THE_LOSER_IS_LOST)) {
                this.window.run();
            }
            this.line.remove(first);
            watched(this.closed || this.line.size() > 0);
            if (letIn(first)) {
                return first;
            }
            if (waits) {
                giveBack(first);
            }
        }
        return null;
    }

    @Override
    public void close() {
        if (!has(Flaw.CLOSE_EMPTIES_FIRST)) {
            shut();
        }
        List<Waiter> left;
        synchronized (this) {
            left = this.line.toList();
            left.forEach(this.line::remove);
        }
        this.window.run();
        shut();
        for (Waiter waiter : left) {
            if (give(waiter)) {
                Trampoline.run(waiter::closed);
            }
        }
    }

    private synchronized void shut() {
        this.closed = true;
        watched(true);
    }

    @Override
    public synchronized int permits() {
        return this.permits;
    }

    @Override
    public int free() {
        return (int) Math.max(0, this.state.get() >> 1);
    }

    @Override
    public synchronized int waiting() {
        return this.line.size();
    }
}
