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

/** The first thing a retry is for. */
final class FailedFutureIsRetried implements Scenario {

    @Override
    public String name() {
        return "A failed `CompletableFuture` is a failed attempt and is retried";
    }

    @Override
    public String correct() {
        return "Three retries; the futures of attempts 1 and 2 fail, attempt 3 gives a value. Correct: three attempts,"
                + " and the caller gets the value.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retry(Duration.ofMillis(10));
        Attempts work = new Attempts(number ->
                (number < 3) ? Attempts.failing(new Failure(number)) : CompletableFuture.completedFuture("attempt 3"));
        Outcome outcome = Caller.of(() -> rule.call(work)).outcome(Waits.SOON);
        return Observation.of(
                work.made() == 3 && outcome.is("attempt 3"), "%s, the caller got %s", work.text(), outcome);
    }
}
