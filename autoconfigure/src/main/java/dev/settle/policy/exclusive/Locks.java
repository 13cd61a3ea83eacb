package dev.settle.policy.exclusive;

import dev.settle.core.Call;
import dev.settle.core.CallKey;
import dev.settle.core.CallStates;
import dev.settle.core.KeySettings;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.time.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
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

    /** The key of a call; a collection if it has several. Read once: it may cost something. */
    Object keyOf(Call call) {
        return (this.key == null) ? ONE : this.key.one(call);
    }

    /** The keys of a call, each once. */
    Set<Object> keysOf(Call call) {
        return keysOf(call, keyOf(call));
    }

    private Set<Object> keysOf(Call call, Object key) {
        return (this.key == null) ? ONE : CallKey.each(key, call);
    }

    /** The lock of a call that needs but one; null when it may need several. */
    @Nullable
    Pinned<Lock> single(Call call, Object key) {
        if (this.key == null) {
            return this.states.only();
        }
        return (key instanceof Collection<?>) ? null : this.states.pin(call, key);
    }

    /** The locks of all keys of a call, in the one order. */
    List<Pinned<Lock>> pinAll(Call call, Object key) {
        return pin(call, keysOf(call, key));
    }

    void unpin(Pinned<Lock> pinned) {
        this.states.unpin(pinned);
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
