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

/** The throw that nobody stands behind. */
final class ThrowOnSecondAttempt implements Scenario {

    @Override
    public String name() {
        return "A synchronous throw on attempt 2 still settles the caller's future";
    }

    @Override
    public String correct() {
        return "The future of attempt 1 fails, attempt 2 throws instead of returning one, attempt 3 gives a value."
                + " Correct: three attempts, and the caller gets the value.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retry(Duration.ofMillis(10));
        Attempts work = new Attempts(number -> switch (number) {
            case 1 -> Attempts.failing(new Failure(number));
            case 2 -> throw new Failure(number);
            default -> CompletableFuture.completedFuture("attempt 3");
        });
        Outcome outcome = Caller.of(() -> rule.call(work)).outcome(Waits.SOON);
        if (work.made() < 2) {
            return Observation.notReached("%s: the future's failure was not retried", work.text());
        }
        return Observation.of(
                work.made() == 3 && outcome.is("attempt 3"), "%s, the caller got %s", work.text(), outcome);
    }
}
