package dev.settle.benchmark;

import java.lang.management.ManagementFactory;

/** How much of the heap is really in use. */
public final class Heap {

    private Heap() {}

    /** Bytes in use after collections, when they have become no fewer any more. */
    public static long live() {
        long live = Long.MAX_VALUE;
        for (int same = 0; same < 3; ) {
            System.gc();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            same = (now < live - 10_000) ? 0 : same + 1;
            live = Math.min(live, now);
        }
        return live;
    }

    /** The difference for each of so many entries. */
    public static double each(long before, long after, int entries) {
        return Math.max(0, after - before) / (double) entries;
    }
}
