package dev.settle.benchmark;

import java.util.Set;

/** The units of figures. */
public final class Unit {

    /** Nanoseconds for each operation. */
    public static final String NANOS = "ns";

    /** Bytes allocated for each operation. */
    public static final String ALLOCATED = "B/op";

    /** Milliseconds. */
    public static final String MILLIS = "ms";

    /** Bytes that stay, for each entry. */
    public static final String LIVE = "B";

    /** Megabytes. */
    public static final String MEGABYTES = "MB";

    /** Percent. */
    public static final String PERCENT = "%";

    /** A number of things, of which more is neither better nor worse. */
    public static final String COUNT = "count";

    private static final Set<String> LESS_IS_BETTER = Set.of(NANOS, ALLOCATED, MILLIS, LIVE, MEGABYTES, PERCENT);

    private Unit() {}

    /** Whether ratios to a peer make sense. */
    static boolean comparable(String unit) {
        return LESS_IS_BETTER.contains(unit);
    }
}
