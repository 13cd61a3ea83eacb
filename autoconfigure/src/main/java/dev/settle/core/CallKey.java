package dev.settle.core;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the key of a call from its arguments. */
@FunctionalInterface
public interface CallKey {

    /** The key as it is found there; null is an error of the call. */
    @Nullable
    Object read(Call call);

    /**
     * The key as one value. Collections and arrays are copied: the caller may change them while the key is in use.
     *
     * @throws IllegalArgumentException when it is null: strangers would share one state
     */
    default Object one(Call call) {
        Object key = present(read(call), call);
        if (key instanceof Set<?> set) {
            return new HashSet<>(set);
        }
        List<Object> elements = elements(key);
        return (elements != null) ? elements : key;
    }

    /**
     * The keys, each once: the elements of a collection or array, else the value itself.
     *
     * @throws IllegalArgumentException when one is null
     */
    default Set<Object> all(Call call) {
        Object key = present(read(call), call);
        List<Object> elements = elements(key);
        if (elements == null) {
            return Set.of(key);
        }
        Set<Object> keys = new LinkedHashSet<>();
        for (Object element : elements) {
            keys.add(present(element, call));
        }
        return keys;
    }

    private static @Nullable List<Object> elements(Object key) {
        if (key instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        }
        if (!key.getClass().isArray()) {
            return null;
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(key); i++) {
            elements.add(Array.get(key, i));
        }
        return elements;
    }

    private static Object present(@Nullable Object key, Call call) {
        if (key == null) {
            throw new IllegalArgumentException("The key of '" + call.name()
                    + "' is null; calls without a key would share one state with strangers, give each of them one");
        }
        return key;
    }
}
