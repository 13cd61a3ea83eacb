package dev.settle.lifecycle;

import dev.settle.abort.AbortGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From when to when the phases of a shutdown took. */
final class PhaseSpans {

    private final Map<Integer, Span> spans = new LinkedHashMap<>();
    private final Map<String, Integer> phases = new HashMap<>();
    private final Map<AbortGroup, Span> running = new HashMap<>();
    private int lowest = Integer.MAX_VALUE;

    /** One phase. */
    static final class Span {

        private final int phase;
        private final long from;
        private final Set<AbortGroup> open = new HashSet<>();
        private long to;

        Span(int phase, long from) {
            this.phase = phase;
            this.from = from;
        }

        int phase() {
            return this.phase;
        }

        long from() {
            return this.from;
        }

        @Nullable
        Long to() {
            return this.open.isEmpty() ? this.to : null;
        }
    }

    /** It is a group's turn. One that comes when its phase is over does not make the phase longer. */
    void aborting(AbortGroup group, long now) {
        this.phases.put(group.name(), group.phase());
        Span known = this.spans.get(group.phase());
        boolean first = (known == null);
        if (known == null) {
            known = new Span(group.phase(), now);
            this.spans.put(group.phase(), known);
            this.lowest = Math.min(this.lowest, group.phase());
        }
        if (first || group.phase() == this.lowest) {
            known.open.add(group);
            this.running.put(group, known);
        }
    }

    void settled(AbortGroup group, long now) {
        Span span = this.running.remove(group);
        if (span != null) {
            span.open.remove(group);
            span.to = now;
        }
    }

    boolean allSettled() {
        return this.running.isEmpty();
    }

    boolean isEmpty() {
        return this.spans.isEmpty();
    }

    /** When a phase began, or the other time when it is not known. */
    long from(int phase, long other) {
        Span span = this.spans.get(phase);
        return (span == null) ? other : span.from;
    }

    /** The phase of a group, by the group's name. */
    @Nullable
    Integer phaseOf(String group) {
        return this.phases.get(group);
    }

    List<Span> inOrder() {
        return new ArrayList<>(this.spans.values());
    }
}
