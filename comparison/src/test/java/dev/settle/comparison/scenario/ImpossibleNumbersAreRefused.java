package dev.settle.comparison.scenario;

import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Scenario;

/** Mistakes are cheapest at start-up. */
final class ImpossibleNumbersAreRefused implements Scenario {

    @Override
    public String name() {
        return "A number that cannot be is refused at start-up";
    }

    @Override
    public String correct() {
        return "For what the library has: a limit of -42, -5 retries, a time limit of -1 s. Correct: each is refused when"
                + " the application starts, or when the rule is built.";
    }

    @Override
    public Observation run(Library library) {
        return Refusals.of(library.impossibleNumbers());
    }
}
