package dev.settle.time;

import java.math.BigDecimal;
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

    /** So many times the duration, at most {@link #FOREVER}. */
    public static long times(long nanos, long factor) {
        return (nanos != 0 && factor > FOREVER / nanos) ? FOREVER : nanos * factor;
    }

    /** A duration as people write it: {@code 300 ms}, {@code 2 s}, {@code 1.5 s}. */
    public static String words(Duration duration) {
        long nanos = of(duration);
        if (nanos < 1_000_000) {
            return nanos == 0 ? "0 ms" : nanos < 1000 ? nanos + " ns" : nanos / 1000 + " us";
        }
        if (nanos < 10_000_000_000L) {
            return (nanos % 1_000_000_000L == 0) ? nanos / 1_000_000_000L + " s" : nanos / 1_000_000L + " ms";
        }
        return BigDecimal.valueOf(nanos / 100_000_000L, 1).stripTrailingZeros().toPlainString() + " s";
    }

    /** The time between a clock reading and a later one. */
    public static Duration between(long from, long to) {
        return Duration.ofNanos(Math.max(0, to - from));
    }
}
