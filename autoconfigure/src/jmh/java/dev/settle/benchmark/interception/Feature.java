package dev.settle.benchmark.interception;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a variant adds to a call. */
enum Feature {
    /** Nothing: it is a limit of all others. */
    ANY,
    RETRY,
    BULKHEAD,
    TIMEOUT,
    THROTTLE,
    ALL;

    /** Where figures of a variant belong. */
    List<Feature> compared() {
        return (this == ANY)
                ? Stream.of(values()).filter(feature -> feature != ANY).toList()
                : List.of(this);
    }

    boolean retries() {
        return this == RETRY || this == ALL;
    }

    boolean limits() {
        return this == BULKHEAD || this == ALL;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
