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

/** What the caller sees when nothing helped. */
final class LastFailureReachesTheCaller implements Scenario {

    @Override
    public String name() {
        return "When the retries are used up, the caller gets the last exception itself";
    }

    @Override
    public String correct() {
        return "All four attempts fail. Correct: four attempts, and the failure is the very object that the fourth failed"
                + " with, whatever the JDK puts around it.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retry(Duration.ofMillis(10));
        Failure last = new Failure(4);
        Attempts work = new Attempts(number -> Attempts.failing((number == 4) ? last : new Failure(number)));
        Outcome outcome = Caller.of(() -> rule.call(work)).outcome(Waits.SOON);
        if (work.made() == 1) {
            return Observation.notReached("%s: nothing was retried", work.text());
        }
        return Observation.of(
                work.made() == 4 && outcome.failure() == last, "%s, the caller got %s", work.text(), outcome);
    }
}
