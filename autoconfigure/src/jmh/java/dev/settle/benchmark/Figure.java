package dev.settle.benchmark;

import java.util.List;

/**
 * What was measured of one subject in one scenario, in one unit.
 *
 * @param group the letter of the group
 * @param scenario what was done: subjects of the same scenario and unit are laid side by side
 * @param subject who did it: {@code Settle …}, {@code limit: …} for what nobody can be better than, else a peer
 * @param unit one of {@link Unit}
 * @param samples at least one
 */
public record Figure(String group, String scenario, String subject, String unit, List<Double> samples) {

    /** Checks and sorts the samples. */
    public Figure {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("Nothing was measured: " + group + ", " + scenario + ", " + subject);
        }
        samples = samples.stream().sorted().toList();
    }

    /** A figure of a single sample. */
    public static Figure of(String group, String scenario, String subject, String unit, double sample) {
        return new Figure(group, scenario, subject, unit, List.of(sample));
    }

    /** The median of the samples. */
    public double median() {
        int half = this.samples.size() / 2;
        return (this.samples.size() % 2 == 1)
                ? this.samples.get(half)
                : (this.samples.get(half - 1) + this.samples.get(half)) / 2;
    }

    /** The smallest sample. */
    public double min() {
        return this.samples.get(0);
    }

    /** The greatest sample. */
    public double max() {
        return this.samples.get(this.samples.size() - 1);
    }

    /** Whether it is what nobody can be better than. */
    public boolean limit() {
        return this.subject.startsWith("limit: ");
    }

    /** Whether it is Settle's own. */
    public boolean own() {
        return this.subject.startsWith("Settle");
    }

    /** Whether it is a peer's. */
    public boolean peer() {
        return !limit() && !own();
    }
}
