package dev.settle.core;

import dev.settle.time.TimeSource;
import java.util.function.Function;

/**
 * What the application gives to its policies.
 *
 * @param time the one clock and timers
 * @param shared objects that several methods share, by their type and name
 */
public record PolicyContext(TimeSource time, Shared shared) {

    /** Keeps what several methods share by name. */
    @FunctionalInterface
    public interface Shared {

        /** The object of that type and name; made by the function when it is first asked for. */
        <T> T get(Class<T> type, String name, Function<String, T> maker);
    }
}
