package dev.settle.core;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the key of a call from its arguments. */
@FunctionalInterface
public interface CallKey {

    /** The key as it is found there; null is an error of the call. */
    @Nullable
    Object read(Call call);

    /**
     * The key as one value. Collections, maps and arrays are copied, also inside each other: the caller may change them
     * while the key is in use.
     *
     * @throws IllegalArgumentException when it is null: strangers would share one state
     */
    default Object one(Call call) {
        return copied(present(read(call), call));
    }

    /**
     * The keys, each once: the elements of a collection or array, else the value itself.
     *
     * @throws IllegalArgumentException when one is null
     */
    default Set<Object> all(Call call) {
        return each(one(call), call);
    }

    /**
     * The elements of a key that is a collection, each once, else the key itself.
     *
     * @param key what {@link #one} has read
     * @throws IllegalArgumentException when one is null
     */
    static Set<Object> each(Object key, Call call) {
        if (!(key instanceof Collection<?> elements)) {
            return Set.of(key);
        }
        Set<Object> keys = new LinkedHashSet<>();
        for (Object element : elements) {
            keys.add(present(element, call));
        }
        return keys;
    }

    private static Object copied(Object key) {
        if (key instanceof Set<?> set) {
            return copied(set, new LinkedHashSet<>());
        }
        if (key instanceof Collection<?> collection) {
            return copied(collection, new ArrayList<>());
        }
        if (key instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, value) -> copy.put(copiedOrNull(name), copiedOrNull(value)));
            return copy;
        }
        if (key.getClass().isArray()) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (int i = 0; i < Array.getLength(key); i++) {
                copy.add(copiedOrNull(Array.get(key, i)));
            }
            return copy;
        }
        return key;
    }

    private static Collection<@Nullable Object> copied(Collection<?> elements, Collection<@Nullable Object> copy) {
        for (Object element : elements) {
            copy.add(copiedOrNull(element));
        }
        return copy;
    }

    private static @Nullable Object copiedOrNull(@Nullable Object element) {
        return (element == null) ? null : copied(element);
    }

    private static Object present(@Nullable Object key, Call call) {
        if (key == null) {
            throw new IllegalArgumentException("The key of '" + call.name()
                    + "' is null; calls without a key would share one state with strangers, give each of them one");
        }
        return key;
    }
}
