package dev.settle.core;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one policy does around one call. Thread-safe: all calls of a method share it. It never blocks, and a failure is a
 * failed future; the link between two steps turns what is thrown nevertheless into one, so no step needs a guard.
 */
@FunctionalInterface
public interface Step {

    /** Runs the call under this policy; the next step may be started never, once or several times. */
    CompletableFuture<@Nullable Object> apply(Call call, Next next);

    /**
     * What the step has now, in numbers, for those who look from outside: permits, those that are free, keys in use. Takes
     * no lock that calls take, and costs the same however many keys there are.
     */
    default Map<String, Long> state() {
        return Map.of();
    }
}
