package dev.settle.benchmark;

import java.util.Arrays;

/** Values in order. */
public final class Percentiles {

    private final long[] sorted;

    /** Sorts a copy. */
    public Percentiles(long[] values) {
        this.sorted = values.clone();
        Arrays.sort(this.sorted);
    }

    /** The value that so many percent are not greater than. */
    public long at(double percent) {
        int index = (int) Math.ceil(percent / 100 * this.sorted.length) - 1;
        return this.sorted[Math.max(0, index)];
    }

    /** The smallest. */
    public long min() {
        return this.sorted[0];
    }
}
