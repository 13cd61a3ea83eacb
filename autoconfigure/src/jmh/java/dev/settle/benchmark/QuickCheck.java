package dev.settle.benchmark;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Judges a quick run: by bytes, which hardly vary. Times are printed and judge nothing: machines are busy. A goal that has not
 * been reached is not failed for ever; but what has been reached is kept.
 */
final class QuickCheck {

    /** Once in a while something is allocated that belongs to no call, such as by the JVM itself. */
    private static final double FOREIGN = 8;

    /** What the compiler inlines, and so which small object it removes, differs from machine to machine: a tenth may be that. */
    private static final double TOLERANCE = 1.1;

    /** What has been reached where a goal of bytes has not: it must not become more. */
    private static final Map<String, Double> REACHED =
            Map.of("retry, completed", 344.0, "all, completed", 464.0, "all, pending", 808.0);

    private QuickCheck() {}

    static boolean passes(Run run) {
        return Goals.ALL.stream().filter(goal -> !passes(goal, run)).count() == 0;
    }

    private static boolean passes(Goal goal, Run run) {
        boolean judged = isOfBytes(goal);
        OptionalDouble value = judged ? goal.least(run) : goal.value(run);
        if (value.isEmpty()) {
            return true;
        }
        double ceiling =
                Math.max(goal.bound(), REACHED.getOrDefault(goal.measured().scenario(), 0.0)) * TOLERANCE + FOREIGN;
        boolean passes = !judged || value.getAsDouble() <= ceiling;
        System.out.printf(
                Locale.ROOT,
                "%-7s %s: %.2f, goal %.2f%s%n",
                judged ? (passes ? "ok" : "FAILED") : "",
                goal.text(),
                value.getAsDouble(),
                goal.bound(),
                judged ? String.format(Locale.ROOT, ", at most %.0f", ceiling) : "");
        return passes;
    }

    private static boolean isOfBytes(Goal goal) {
        return goal.reference() == null && goal.measured().unit().equals(Unit.ALLOCATED);
    }
}
