package dev.settle.comparison.scenario;

import dev.settle.comparison.Attempts;
import dev.settle.comparison.Caller;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Outcome;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.util.concurrent.CompletableFuture;

/** Not every failure is an exception. */
final class ValueCountsAsFailure implements Scenario {

    @Override
    public String name() {
        return "A value can count as a failure";
    }

    @Override
    public String correct() {
        return "The futures of attempts 1 and 2 give `try later`, which is to be retried; attempt 3 gives another value."
                + " Correct: three attempts, and the caller gets the value of the third.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retryOf("try later");
        Attempts work =
                new Attempts(number -> CompletableFuture.completedFuture((number < 3) ? "try later" : "attempt 3"));
        Outcome outcome = Caller.of(() -> rule.call(work)).outcome(Waits.SOON);
        return Observation.of(
                work.made() == 3 && outcome.is("attempt 3"), "%s, the caller got %s", work.text(), outcome);
    }
}
