package dev.settle.policy.throttle;

import dev.settle.core.CallStates;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Keeps the keys in use whose calls have ended, as long as their starts still count. One timer for all, in order of the
 * last use; a key that has been used again by then goes to the end.
 */
final class RecentKeys {

    private final CallStates<Rate> states;
    private final TimeSource time;

    // Guarded by this.
    private final Queue<Pinned<Rate>> keys = new ArrayDeque<>();

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
        long memory = pinned.state().line().memory();
        synchronized (this) {
            if (memory == 0 || pinned.state().kept) {
                return false;
            }
            pinned.state().kept = true;
            this.keys.add(pinned);
            if (this.keys.size() == 1) {
                this.time.schedule(memory, this::forget);
            }
            return true;
        }
    }

    private void forget() {
        while (true) {
            Pinned<Rate> oldest;
            synchronized (this) {
                oldest = this.keys.peek();
                if (oldest == null) {
                    return;
                }
                long memory = oldest.state().line().memory();
                if (memory > 0) {
                    this.keys.poll();
                    this.keys.add(oldest);
                    this.time.schedule(memory, this::forget);
                    return;
                }
                oldest.state().kept = false;
                this.keys.poll();
            }
            this.states.unpin(oldest);
        }
    }
}
