package dev.settle.comparison.scenario;

import dev.settle.comparison.Attempts;
import dev.settle.comparison.Caller;
import dev.settle.comparison.Failure;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Outcome;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A method may fail before it has a future. */
final class ThrowOnFirstAttempt implements Scenario {

    @Override
    public String name() {
        return "A synchronous throw from a future-returning method is a failed attempt too";
    }

    @Override
    public String correct() {
        return "Attempt 1 throws instead of returning a future, attempt 2 gives a value. Correct: two attempts, and the"
                + " caller gets the value.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retry(Duration.ofMillis(10));
        Attempts work = new Attempts(number -> {
            if (number == 1) {
                throw new Failure(number);
            }
            return CompletableFuture.completedFuture("attempt 2");
        });
        Caller caller = Caller.of(() -> rule.call(work));
        Outcome outcome = caller.outcome(Waits.SOON);
        return Observation.of(
                work.made() == 2 && outcome.is("attempt 2"),
                "%s, the caller %s %s",
                work.text(),
                caller.threw() ? "was thrown" : "got",
                outcome);
    }
}
