package dev.settle.queue;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One state for each key that is in use. It is made for the first who pins it and gone with the last: never by age, so two
 * who use the same key at the same time always have the same state, and an idle key costs nothing.
 */
public final class KeyedStates<S> {

    private final ConcurrentHashMap<Object, Pinned<S>> states = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong serials = new AtomicLong();
    private final Supplier<? extends S> maker;
    private final int maxKeys;

    /**
     * No states yet.
     *
     * @param maxKeys how many keys may be in use at the same time
     */
    public KeyedStates(int maxKeys, Supplier<? extends S> maker) {
        this.maxKeys = maxKeys;
        this.maker = maker;
    }

    /** A state in use. */
    public static final class Pinned<S> {

        private final Object key;
        private final S state;
        private final long serial;
        private int users;

        private Pinned(Object key, S state, long serial) {
            this.key = key;
            this.state = state;
            this.serial = serial;
        }

        /** The key. */
        public Object key() {
            return this.key;
        }

        /** The state. */
        public S state() {
            return this.state;
        }

        /** Its place in a total order of all states that are in use. */
        public long serial() {
            return this.serial;
        }
    }

    /** The state of the key, kept until it is unpinned as often; null when there are too many keys in use. */
    public @Nullable Pinned<S> pin(Object key) {
        return this.states.compute(key, (same, present) -> {
            Pinned<S> pinned = (present != null) ? present : make(same);
            if (pinned != null) {
                pinned.users++;
            }
            return pinned;
        });
    }

    private @Nullable Pinned<S> make(Object key) {
        return reserve() ? new Pinned<>(key, this.maker.get(), this.serials.incrementAndGet()) : null;
    }

    /** Never counts one too many, not even for a moment: another would be refused because of one that is refused. */
    private boolean reserve() {
        for (int seen = this.size.get(); seen < this.maxKeys; seen = this.size.get()) {
            if (this.size.compareAndSet(seen, seen + 1)) {
                return true;
            }
        }
        return false;
    }

    /** The state is not used any more by one who has pinned it. */
    public void unpin(Pinned<S> pinned) {
        this.states.computeIfPresent(pinned.key, (key, present) -> {
            if (present != pinned || --pinned.users > 0) {
                return present;
            }
            this.size.decrementAndGet();
            return null;
        });
    }

    /** How many keys are in use. */
    public int size() {
        return this.size.get();
    }

    /** Does something with each state in use; one that comes or goes meanwhile may be missed. */
    public void forEach(Consumer<? super S> consumer) {
        this.states.values().forEach(pinned -> consumer.accept(pinned.state));
    }
}
