package dev.settle.comparison;

/** What was seen in one run, in words, and what that means. */
public record Observation(Verdict verdict, String fact) {

    /** The library did what is correct. */
    public static Observation held(String fact, Object... arguments) {
        return new Observation(Verdict.HELD, fact.formatted(arguments));
    }

    /** The library did something else. */
    public static Observation broken(String fact, Object... arguments) {
        return new Observation(Verdict.BROKEN, fact.formatted(arguments));
    }

    /** The run did not get to the point. */
    public static Observation notReached(String fact, Object... arguments) {
        return new Observation(Verdict.NOT_REACHED, fact.formatted(arguments));
    }

    /** Held or broken, by what was measured; the fact is the same. */
    public static Observation of(boolean held, String fact, Object... arguments) {
        return held ? held(fact, arguments) : broken(fact, arguments);
    }
}
