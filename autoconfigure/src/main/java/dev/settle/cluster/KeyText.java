package dev.settle.cluster;

import java.lang.reflect.RecordComponent;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys as text that is the same in each instance. Values that are written the same way are the same key, such as 1 and "1"; parts
 * of keys never run into each other.
 */
final class KeyText {

    /** What separates parts; and braces, by which Redis Cluster tells where a key belongs. */
    private static final String SPECIAL = "%,[](){}";

    private KeyText() {}

    /**
     * The text of a key.
     *
     * @param method whose key it is
     * @throws IllegalArgumentException when its text may differ from one instance to the next: it would exclude nobody
     */
    static String of(@Nullable Object key, String method) {
        if (key instanceof Set<?> parts) {
            return joined("[", parts.stream().map(part -> of(part, method)).sorted(), "]");
        }
        if (key instanceof Collection<?> parts) {
            return joined("[", parts.stream().map(part -> of(part, method)), "]");
        }
        if (key instanceof Record value) {
            return joined(
                    "(",
                    Arrays.stream(value.getClass().getRecordComponents())
                            .map(component -> of(read(component, value), method)),
                    ")");
        }
        return (key == null) ? "null" : escaped(leaf(key, method));
    }

    private static String joined(String begin, Stream<String> parts, String end) {
        return parts.collect(Collectors.joining(",", begin, end));
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException | RuntimeException ex) {
            throw new IllegalArgumentException(
                    "Component '" + component.getName() + "' of a key cannot be read: " + value.getClass(), ex);
        }
    }

    private static String leaf(Object key, String method) {
        if (key instanceof Enum<?> constant) {
            return constant.name();
        }
        if (key instanceof CharSequence
                || key instanceof Boolean
                || key instanceof Character
                || key instanceof UUID
                || (key instanceof Number && isIn(key, "java.lang", "java.math"))
                || (key instanceof TemporalAccessor && isIn(key, "java.time", "java.time.chrono"))) {
            return key.toString();
        }
        throw new IllegalArgumentException("The key of '" + method + "' is of " + key.getClass()
                + ", whose text need not be the same in each instance of the application: use a text, a number, an enum, a UUID,"
                + " a date, a record of them, or a list");
    }

    private static boolean isIn(Object key, String... packages) {
        return List.of(packages).contains(key.getClass().getPackageName());
    }

    /** Nearly always there is nothing to do. */
    static String escaped(String text) {
        if (text.chars().noneMatch(KeyText::special)) {
            return text;
        }
        return text.chars()
                .mapToObj(one -> special(one) ? String.format("%%%02X", one) : String.valueOf((char) one))
                .collect(Collectors.joining());
    }

    private static boolean special(int one) {
        return SPECIAL.indexOf(one) >= 0;
    }
}
