package dev.settle.benchmark;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Judges a quick run: by bytes, which are exact. Times are printed and judge nothing: machines are busy. A goal that has not
 * been reached is not failed for ever; but what has been reached is kept.
 */
final class QuickCheck {

    /** Once in a while something is allocated that belongs to no call, such as by the JVM itself. */
    private static final double TOLERANCE = 8;

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
                Math.max(goal.bound(), REACHED.getOrDefault(goal.measured().scenario(), 0.0));
        boolean passes = !judged || value.getAsDouble() <= ceiling + TOLERANCE;
        System.out.printf(
                Locale.ROOT,
                "%-7s %s: %.2f, goal %.2f%s%n",
                judged ? (passes ? "ok" : "FAILED") : "",
                goal.text(),
                value.getAsDouble(),
                goal.bound(),
                judged && ceiling > goal.bound() ? ", at most " + ceiling : "");
        return passes;
    }

    private static boolean isOfBytes(Goal goal) {
        return goal.reference() == null && goal.measured().unit().equals(Unit.ALLOCATED);
    }
}
