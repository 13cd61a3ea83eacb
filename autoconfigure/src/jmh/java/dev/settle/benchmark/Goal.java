package dev.settle.benchmark;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the project wants to reach.
 *
 * @param group the letter of the group
 * @param text in words
 * @param measured what it is about
 * @param bound how often what it is compared with, or how much
 * @param reference what it is compared with; null: with nothing
 * @param atLeast whether more is better
 */
record Goal(
        String group,
        String text,
        Term measured,
        double bound,
        @Nullable Term reference,
        boolean atLeast) {

    /** A figure by its name. */
    record Term(String scenario, String subject, String unit) {}

    static Goal atMost(String group, String text, Term measured, double bound) {
        return new Goal(group, text, measured, bound, null, false);
    }

    static Goal atLeast(String group, String text, Term measured, double bound) {
        return new Goal(group, text, measured, bound, null, true);
    }

    static Goal ratio(String group, String text, Term measured, double bound, Term reference) {
        return new Goal(group, text, measured, bound, reference, false);
    }

    /** What it is in this run, as bound is meant; empty when it, or what it is compared with, was not measured. */
    OptionalDouble value(Run run) {
        OptionalDouble value = median(run, this.measured);
        if (this.reference == null || value.isEmpty()) {
            return value;
        }
        OptionalDouble other = median(run, this.reference);
        return other.isEmpty() ? other : OptionalDouble.of(value.getAsDouble() / other.getAsDouble());
    }

    /** The least that was seen: what it allocates when all is compiled, however little time that was given. */
    OptionalDouble least(Run run) {
        return run.find(this.group, this.measured.scenario(), this.measured.subject(), this.measured.unit())
                .map(figure -> OptionalDouble.of(figure.min()))
                .orElse(OptionalDouble.empty());
    }

    private OptionalDouble median(Run run, Term term) {
        return run.find(this.group, term.scenario(), term.subject(), term.unit())
                .map(figure -> OptionalDouble.of(figure.median()))
                .orElse(OptionalDouble.empty());
    }

    boolean reached(double value) {
        return this.atLeast ? value >= this.bound : value <= this.bound;
    }
}
