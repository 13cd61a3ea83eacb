package dev.settle.abort;

import java.util.Comparator;

/** When a group settles: higher phase first, as Spring stops; in a phase, lower priority first. */
record Rank(int phase, int priority) implements Comparable<Rank> {

    private static final Comparator<Rank> ORDER =
            Comparator.comparingInt(Rank::phase).reversed().thenComparingInt(Rank::priority);

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
