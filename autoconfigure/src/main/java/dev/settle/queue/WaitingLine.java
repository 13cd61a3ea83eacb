package dev.settle.queue;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait, first come, first served: semaphore, mutex and throttle are lines that differ in what they let in.
 *
 * <p>Only the first in line is ever looked at, so a heavy one is not overtaken for ever by light ones behind it; and
 * whenever the first leaves, for whatever reason, the next is looked at. Everything is decided under the lock, and told
 * outside it, through the {@link Trampoline}.
 */
public abstract class WaitingLine {

    /** Made when somebody has to wait: there may be a line for each of very many keys, and nobody in it. */
    private @Nullable Chain<Waiter> line;

    private boolean closed;

    /** The length of the line, for those who look from outside without the lock; written under it. */
    private volatile int waiting;

    /** What came of going to the line. */
    public enum Entry {
        /** In: there was no need to wait. */
        IN,
        /** In line; the waiter will be told. */
        WAITING,
        /** Not in line: it is full. */
        FULL,
        /** Not in line: it is closed. */
        CLOSED,
        /** Not in line: it has room for nobody of that weight, ever. */
        TOO_HEAVY,
        /** Not in line: the waiter has left already. */
        LEFT
    }

    /** Takes what one of that weight needs, or takes nothing and says no. Called under the lock. */
    protected abstract boolean take(int weight);

    /** Whether one of that weight may ever get in. Called under the lock. */
    protected boolean fits(int weight) {
        return true;
    }

    /** Gives back what was taken for one who has left. Called under the lock. */
    protected abstract void giveBack(int weight);

    /** The first in line cannot be let in yet. Called under the lock. */
    protected void firstWaits() {}

    /** Somebody, or nobody any more, is in line, or it is closed. Called under the lock. */
    protected void watched(boolean watched) {}

    /** Lets in without waiting, or not at all; never before those who wait. */
    public boolean tryEnter(int weight) {
        synchronized (this) {
            return !this.closed && first() == null && take(weight);
        }
    }

    /** Lets in, or puts in line if no more than the capacity wait already. */
    public final Entry enter(Waiter waiter, int capacity) {
        synchronized (this) {
            if (this.closed) {
                return Entry.CLOSED;
            }
            // Before anything is looked at: what is given back from here on finds that somebody may be in line.
            watched(true);
            Entry entry = place(waiter, capacity);
            watch();
            return entry;
        }
    }

    private Entry place(Waiter waiter, int capacity) {
        if (!fits(waiter.weight())) {
            return Entry.TOO_HEAVY;
        }
        if (first() == null && take(waiter.weight())) {
            if (waiter.letIn()) {
                return Entry.IN;
            }
            giveBack(waiter.weight());
            return Entry.LEFT;
        }
        if (!waiter.waiting()) {
            return Entry.LEFT;
        }
        if (length() >= capacity) {
            return Entry.FULL;
        }
        // Race: it may be leaving now. It is then taken out again by leave(), which waits for this lock.
        if (this.line == null) {
            this.line = new Chain<>();
        }
        this.line.add(waiter);
        if (first() == waiter) {
            firstWaits();
        }
        return Entry.WAITING;
    }

    /** Leaves the line. True: it will never be let in; false: it has been, or has left before. */
    public final boolean leave(Waiter waiter) {
        if (!waiter.give()) {
            return false;
        }
        synchronized (this) {
            if (remove(waiter)) {
                watch();
            }
        }
        // It may have been the first, and the next need less.
        letIn();
        return true;
    }

    /** Lets in whoever may, one after another. For subclasses, when there is more to take; not under the lock. */
    protected final void letIn() {
        for (Waiter next = next(); next != null; next = next()) {
            Trampoline.run(next);
        }
    }

    private synchronized @Nullable Waiter next() {
        for (Waiter first = first(); first != null; first = first()) {
            boolean waits = first.waiting();
            if (waits && !take(first.weight())) {
                firstWaits();
                return null;
            }
            remove(first);
            watch();
            if (first.letIn()) {
                return first;
            }
            // Race: it has left after it was seen waiting: what was taken for it is the next one's.
            if (waits) {
                giveBack(first.weight());
            }
        }
        return null;
    }

    /** Closes the line: everybody in it is told, and nobody gets in any more. */
    public final void close() {
        synchronized (this) {
            this.closed = true;
            watched(true);
        }
        dismiss(waiter -> true, Waiter::closed);
    }

    /** Tells those in line that have become too heavy for it, and lets in whoever may now. Not under the lock. */
    protected final void reconsider() {
        dismiss(waiter -> !fits(waiter.weight()), Waiter::tooHeavy);
        letIn();
    }

    private void dismiss(Predicate<Waiter> whom, Consumer<Waiter> telling) {
        List<Waiter> left;
        synchronized (this) {
            left = all().stream().filter(whom).toList();
            left.forEach(this::remove);
            watch();
        }
        for (Waiter waiter : left) {
            if (waiter.give()) {
                Trampoline.run(() -> telling.accept(waiter));
            }
        }
    }

    private void watch() {
        this.waiting = length();
        watched(this.closed || this.waiting > 0);
    }

    private @Nullable Waiter first() {
        return (this.line == null) ? null : this.line.first();
    }

    private boolean remove(Waiter waiter) {
        return this.line != null && this.line.remove(waiter);
    }

    private int length() {
        return (this.line == null) ? 0 : this.line.size();
    }

    private List<Waiter> all() {
        return (this.line == null) ? List.of() : this.line.toList();
    }

    /** Whether nobody gets in any more. */
    public final synchronized boolean closed() {
        return this.closed;
    }

    /** How many wait. Takes no lock. */
    public final int waiting() {
        return this.waiting;
    }
}
