package dev.settle.queue;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One state for each key that is in use. It is made for the first who pins it and gone with the last: never by age, so two
 * who use the same key at the same time always have the same state, and an idle key costs nothing.
 *
 * <p>Race: one pins a state while the last who uses it unpins it. Only under the map's lock of the key does the number of
 * users become zero, and then it stays so; who wants to be one more counts up from one or more without that lock, or takes
 * it.
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

        @SuppressWarnings("rawtypes") // there is but one for all types of states
        private static final AtomicIntegerFieldUpdater<Pinned> USERS =
                AtomicIntegerFieldUpdater.newUpdater(Pinned.class, "users");

        private final Object key;
        private final S state;
        private final long serial;
        private volatile int users = 1;

        private Pinned(Object key, S state, long serial) {
            this.key = key;
            this.state = state;
            this.serial = serial;
        }

        /** One more; false when there is nobody any more. */
        private boolean use() {
            for (int seen = this.users; seen > 0; seen = this.users) {
                if (USERS.compareAndSet(this, seen, seen + 1)) {
                    return true;
                }
            }
            return false;
        }

        /** One less; false when that is the last, or there is nobody any more. */
        private boolean leave() {
            for (int seen = this.users; seen > 1; seen = this.users) {
                if (USERS.compareAndSet(this, seen, seen - 1)) {
                    return true;
                }
            }
            return false;
        }

        /** Nobody uses it any more; false when there are others, again. */
        private boolean end() {
            // Race: it may have been the only user when it looked, and another one have come since.
            do {
                if (leave()) {
                    return false;
                }
            } while (!USERS.compareAndSet(this, 1, 0));
            return true;
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
        Pinned<S> present = this.states.get(key);
        return (present != null && present.use()) ? present : pinOrMake(key);
    }

    private @Nullable Pinned<S> pinOrMake(Object key) {
        return this.states.compute(key, (same, present) -> (present != null && present.use()) ? present : make(same));
    }

    private @Nullable Pinned<S> make(Object key) {
        if (!reserve()) {
            return null;
        }
        try {
            return new Pinned<>(key, this.maker.get(), this.serials.incrementAndGet());
        } catch (Throwable ex) {
            this.size.decrementAndGet();
            throw ex;
        }
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
        if (!pinned.leave()) {
            this.states.computeIfPresent(pinned.key, (key, present) -> {
                if (present != pinned || !pinned.end()) {
                    return present;
                }
                this.size.decrementAndGet();
                return null;
            });
        }
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
