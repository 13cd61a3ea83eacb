package dev.settle.benchmark;

import java.util.List;

/** Measurements that belong together. */
public interface Group {

    /** The letter that {@code -Dbenchmarks=…} calls it by, or its word. */
    String letter();

    /** What it is about, as a heading. */
    String title();

    /** Measures Settle, its peers and the limits, in this run. */
    List<Figure> measure(Effort effort) throws Exception;

    /** What the report says below the table, as Markdown that begins with an empty line; or nothing. */
    default String notes(List<Figure> figures) {
        return "";
    }

    /** Whether {@code full} includes it. */
    default boolean inFull() {
        return true;
    }

    /** Whether {@code quick} includes it. */
    default boolean inQuick() {
        return false;
    }
}
