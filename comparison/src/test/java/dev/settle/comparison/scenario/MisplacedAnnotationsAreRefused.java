package dev.settle.comparison.scenario;

import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Scenario;

/** An annotation that does nothing is worse than none. */
final class MisplacedAnnotationsAreRefused implements Scenario {

    @Override
    public String name() {
        return "An annotation that can have no effect where it stands is refused at start-up";
    }

    @Override
    public String correct() {
        return "A retry on a final method of a proxied bean, and, where there is a time limit or a limit, one on a method"
                + " with a return type whose outcome the library does not follow. Correct: the application does not"
                + " start.";
    }

    @Override
    public Observation run(Library library) {
        return Refusals.of(library.misplacedAnnotations());
    }
}
