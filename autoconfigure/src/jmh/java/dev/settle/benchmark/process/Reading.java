package dev.settle.benchmark.process;

import java.util.Optional;

/**
 * A number that a child process tells.
 *
 * @param what what was measured
 * @param unit one of {@link dev.settle.benchmark.Unit}
 * @param value the number
 */
public record Reading(String what, String unit, double value) {

    private static final String MARK = "@reading";

    /** In the child: tells a number. */
    public static void tell(String what, String unit, double value) {
        System.out.println(String.join("\t", MARK, what, unit, Double.toString(value)));
    }

    static Optional<Reading> of(String line) {
        String[] parts = line.split("\t");
        return (parts.length == 4 && parts[0].equals(MARK))
                ? Optional.of(new Reading(parts[1], parts[2], Double.parseDouble(parts[3])))
                : Optional.empty();
    }
}
