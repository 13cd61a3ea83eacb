package dev.settle.weaving;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Knows something of objects, which are told apart by identity, and keeps none of them alive. */
final class WeakObjects<V> {

    private final Map<Object, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    void put(Object object, V value) {
        for (Reference<?> next = this.gone.poll(); next != null; next = this.gone.poll()) {
            this.values.remove(next);
        }
        this.values.put(new Known(object, this.gone), value);
    }

    @Nullable
    V get(Object object) {
        return this.values.get(new Sought(object));
    }

    boolean isEmpty() {
        return this.values.isEmpty();
    }

    int size() {
        return this.values.size();
    }

    private static final class Known extends WeakReference<Object> {

        private final int hash;

        Known(Object object, ReferenceQueue<Object> gone) {
            super(object, gone);
            this.hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return this.hash;
        }

        /** The same object, or, when that is gone, the same reference. */
        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object object = get();
            return object != null && other instanceof Known known && known.refersTo(object);
        }
    }

    private record Sought(Object object) {

        @Override
        public int hashCode() {
            return System.identityHashCode(this.object);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Known known && known.refersTo(this.object);
        }
    }
}
