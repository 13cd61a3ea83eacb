package dev.settle.abort;

import java.util.concurrent.TimeUnit;

/** Shares a total time between steps that come one after another, each of which may hang. */
public final class Budget {

    private static final long MOST = TimeUnit.SECONDS.toNanos(1);

    private Budget() {}

    /**
     * What to keep back for the steps still to come: for each a tenth of the total, at most a second, and together at
     * most half of what is left.
     *
     * @param left nanoseconds left of the total
     * @param total nanoseconds of the total
     * @param later how many steps are still to come
     */
    public static long reserve(long left, long total, int later) {
        long each = Math.min(MOST, total / 10);
        long all = (later > Long.MAX_VALUE / Math.max(1, each)) ? Long.MAX_VALUE : later * each;
        return Math.min(all, left / 2);
    }
}
