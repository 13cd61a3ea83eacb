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

/** The same, one interface up. */
final class FailedStageIsRetried implements Scenario {

    @Override
    public String name() {
        return "A method declared `CompletionStage` is retried in the same way";
    }

    @Override
    public String correct() {
        return "As before, on a method whose return type is the interface; Reactor is on the class path. Correct: three"
                + " attempts and the value of the third.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retryStage(Duration.ofMillis(10));
        Attempts work = new Attempts(number ->
                (number < 3) ? Attempts.failing(new Failure(number)) : CompletableFuture.completedFuture("attempt 3"));
        Outcome outcome = Caller.of(() -> rule.call(work)).outcome(Waits.SOON);
        return Observation.of(
                work.made() == 3 && outcome.is("attempt 3"), "%s, the caller got %s", work.text(), outcome);
    }
}
