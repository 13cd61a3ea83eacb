package dev.settle.core;

import dev.settle.CallRejectedException.Reason;
import dev.settle.queue.KeyedStates;
import dev.settle.queue.KeyedStates.Pinned;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a policy keeps for each key, or, without keys, once for the method. */
public final class CallStates<S> {

    /** Stands for the method where there are no keys. */
    private static final Object METHOD = new Object();

    private final String policy;
    private final @Nullable CallKey key;
    private final KeyedStates<S> states;
    private final @Nullable Pinned<S> single;

    /**
     * No states yet.
     *
     * @param policy what the policy is called in {@code application.yml}
     * @param keys what there is a state for
     */
    public CallStates(String policy, KeySettings keys, Supplier<? extends S> maker) {
        this.policy = policy;
        this.key = keys.key();
        this.states = new KeyedStates<>(keys.maxKeys(), maker);
        this.single = (this.key == null) ? this.states.pin(METHOD) : null;
    }

    /**
     * The state for a call, kept until it is unpinned.
     *
     * @throws dev.settle.CallRejectedException with {@code KEYS} when there are too many keys in use
     * @throws IllegalArgumentException when the key is null
     */
    public Pinned<S> pin(Call call) {
        return (this.key == null) ? only() : pin(call, this.key.one(call));
    }

    /** The state of one key for a call, kept until it is unpinned. */
    public Pinned<S> pin(Call call, Object key) {
        Pinned<S> pinned = this.states.pin(key);
        if (pinned == null) {
            throw call.refuse(this.policy, key, Reason.KEYS, null);
        }
        return pinned;
    }

    /** The one state where there are no keys. */
    public Pinned<S> only() {
        if (this.single == null) {
            throw new IllegalStateException("There is a state for each key of '" + this.policy + "'");
        }
        return this.single;
    }

    /** Pins a state once more that is in use. */
    public void keep(Pinned<S> pinned) {
        if (pinned != this.single) {
            this.states.pin(pinned.key());
        }
    }

    /** The state is not used any more by one who has pinned it. */
    public void unpin(Pinned<S> pinned) {
        if (pinned != this.single) {
            this.states.unpin(pinned);
        }
    }

    /** The key that callers are told of, which is none where there are no keys. */
    public @Nullable Object keyOf(Pinned<S> pinned) {
        return (pinned == this.single) ? null : pinned.key();
    }

    /** Whether there is a state for each key. */
    public boolean keyed() {
        return this.single == null;
    }

    /** How many keys are in use. */
    public int keys() {
        return (this.single != null) ? 0 : this.states.size();
    }

    /** Does something with each state in use. */
    public void forEach(Consumer<? super S> consumer) {
        this.states.forEach(consumer);
    }
}
