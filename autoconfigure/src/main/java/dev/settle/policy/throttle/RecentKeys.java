package dev.settle.policy.throttle;

import dev.settle.core.CallStates;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys in use whose calls have ended, as long as their starts still count. One timer for all, for the key that
 * is due first; a key that has been used again by then becomes due later.
 */
final class RecentKeys {

    private final CallStates<Rate> states;
    private final TimeSource time;

    // Guarded by this.
    private final Queue<Kept> keys = new PriorityQueue<>(Kept::inOrder);
    private @Nullable Kept awaited;
    private TimeSource.@Nullable Timer timer;

    RecentKeys(CallStates<Rate> states, TimeSource time) {
        this.states = states;
        this.time = time;
    }

    /** A call has done with the key. */
    void unpin(Pinned<Rate> pinned) {
        if (!keeps(pinned)) {
            this.states.unpin(pinned);
        }
    }

    private boolean keeps(Pinned<Rate> pinned) {
        if (!this.states.keyed()) {
            return false;
        }
        long memory = pinned.state().memory();
        synchronized (this) {
            if (memory == 0 || pinned.state().kept) {
                return false;
            }
            pinned.state().kept = true;
            this.keys.add(new Kept(pinned, this.time.nanoTime() + memory));
            arm();
            return true;
        }
    }

    private void arm() {
        Kept first = this.keys.peek();
        if (first == this.awaited) {
            return;
        }
        if (this.timer != null) {
            this.timer.cancel();
        }
        this.awaited = first;
        this.timer =
                (first == null) ? null : this.time.schedule(first.until - this.time.nanoTime(), () -> forget(first));
    }

    /** The windows have changed: each key is kept for as long as its starts count from now on, be it longer or shorter. */
    void retune() {
        List<Pinned<Rate>> over = new ArrayList<>();
        synchronized (this) {
            List<Kept> all = new ArrayList<>(this.keys);
            this.keys.clear();
            long now = this.time.nanoTime();
            all.forEach(kept -> lookAgain(kept.pinned, now, over));
            arm();
        }
        over.forEach(this.states::unpin);
    }

    private void lookAgain(Pinned<Rate> pinned, long now, List<Pinned<Rate>> over) {
        long memory = pinned.state().memory();
        if (memory > 0) {
            this.keys.add(new Kept(pinned, now + memory));
        } else {
            pinned.state().kept = false;
            over.add(pinned);
        }
    }

    /** Race: a timer that was cancelled may be on its way already; then it finds what is due, or nothing. */
    private void forget(Kept fired) {
        List<Pinned<Rate>> over = new ArrayList<>();
        synchronized (this) {
            if (this.awaited == fired) {
                this.awaited = null;
            }
            long now = this.time.nanoTime();
            for (Kept first = this.keys.peek(); first != null && first.until - now <= 0; first = this.keys.peek()) {
                this.keys.poll();
                lookAgain(first.pinned, now, over);
            }
            arm();
        }
        over.forEach(this.states::unpin);
    }

    /** A key, and when it is to be looked at. */
    private static final class Kept {

        private final Pinned<Rate> pinned;
        private final long until;

        Kept(Pinned<Rate> pinned, long until) {
            this.pinned = pinned;
            this.until = until;
        }

        /** Readings may wrap around; only their difference has a sign. */
        static int inOrder(Kept one, Kept other) {
            return Long.signum(one.until - other.until);
        }
    }
}
