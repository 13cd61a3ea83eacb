package dev.settle.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one policy on one method, resolved: placeholders filled in, durations read. An attribute that cannot
 * be read is reported with its place.
 */
public interface Attributes {

    /** A text; empty when it is not set. */
    String text(String attribute);

    /** A duration; null when it is empty. */
    @Nullable
    Duration duration(String attribute);

    /** A whole number. */
    int number(String attribute);

    /** A number. */
    double decimal(String attribute);

    /** A truth value. */
    boolean flag(String attribute);

    /** One of an enum. */
    <E extends Enum<E>> E choice(String attribute, Class<E> type);

    /** Classes. */
    <T> Class<? extends T>[] classes(String attribute, Class<T> type);

    /** A bean of the class the attribute names, or a new object of it; null when it is the given class itself. */
    @Nullable
    Object object(String attribute, Class<?> none);

    /** A key expression over the arguments; null when it is empty. */
    @Nullable
    CallKey key(String attribute);
}
