package dev.settle.comparison;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Bounded waits: a contender may hang, and that is a result. */
public final class Waits {

    /** Long enough for anything that happens at all, also on a busy machine. */
    public static final Duration SOON = Duration.ofSeconds(5);

    /** Long enough to see that something does not happen. */
    public static final Duration A_WHILE = Duration.ofMillis(800);

    /** Short against the waits it is held against, long for what does not wait. */
    public static final Duration AT_ONCE = Duration.ofSeconds(1);

    private Waits() {}

    /** Waits until something is so; false when it is not by then. */
    public static boolean until(Duration within, BooleanSupplier condition) {
        long end = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            pause(5);
        }
        return true;
    }

    /** Lets time pass, for what must not happen in it. */
    public static void watch(Duration time) {
        pause(time.toMillis());
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The run was ended", ex);
        }
    }

    /** A time in words. */
    public static String text(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}
