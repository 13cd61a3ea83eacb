package dev.settle.policy.exclusive;

import dev.settle.core.Call;
import dev.settle.core.CallKey;
import dev.settle.core.CallStates;
import dev.settle.core.KeySettings;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.time.TimeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The locks of a mutex: one for each key that is in use. */
final class Locks {

    static final String POLICY = "exclusive";

    /** The keys of a call of a method that has but one lock. */
    private static final Set<Object> ONE = Set.of("method");

    private final @Nullable CallKey key;
    private final CallStates<Lock> states;
    private final TimeSource time;

    Locks(KeySettings keys, TimeSource time) {
        this.key = keys.key();
        this.states = new CallStates<>(POLICY, keys, Lock::new);
        this.time = time;
    }

    /** The keys of a call, each once. */
    Set<Object> keysOf(Call call) {
        return (this.key == null) ? ONE : this.key.all(call);
    }

    /**
     * The locks of the keys, in the one order in which everybody takes them. All are pinned before the first is taken, so
     * none of them can go and come back with another place in that order.
     */
    List<Pinned<Lock>> pin(Call call, Set<Object> keys) {
        if (this.key == null) {
            return List.of(this.states.only());
        }
        List<Pinned<Lock>> pinned = new ArrayList<>(keys.size());
        try {
            for (Object one : keys) {
                pinned.add(this.states.pin(call, one));
            }
        } catch (Throwable ex) {
            unpin(pinned);
            throw ex;
        }
        pinned.sort(Comparator.comparingLong(Pinned::serial));
        return pinned;
    }

    void unpin(List<Pinned<Lock>> pinned) {
        pinned.forEach(this.states::unpin);
    }

    @Nullable
    Object shown(Pinned<Lock> lock) {
        return this.states.keyOf(lock);
    }

    TimeSource time() {
        return this.time;
    }

    CallStates<Lock> states() {
        return this.states;
    }
}
