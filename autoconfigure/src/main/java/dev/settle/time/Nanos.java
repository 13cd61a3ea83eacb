package dev.settle.time;

import java.time.Duration;

/** Durations as nanoseconds, saturating: three hundred years are "for ever", not an overflow. */
public final class Nanos {

    /** The longest time that is still told apart from for ever, about 146 years. */
    public static final long FOREVER = Long.MAX_VALUE / 2;

    private Nanos() {}

    /** The duration in nanoseconds, between zero and {@link #FOREVER}. */
    public static long of(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.toSeconds() >= FOREVER / 1_000_000_000L ? FOREVER : duration.toNanos();
    }

    /** The time between a clock reading and a later one. */
    public static Duration between(long from, long to) {
        return Duration.ofNanos(Math.max(0, to - from));
    }
}
