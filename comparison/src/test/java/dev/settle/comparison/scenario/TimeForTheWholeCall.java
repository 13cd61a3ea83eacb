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

/** Nobody should sleep towards an attempt that may not be made. */
final class TimeForTheWholeCall implements Scenario {

    @Override
    public String name() {
        return "The time for the whole call bounds its delays, too";
    }

    @Override
    public String correct() {
        return "All attempts together may take 3 s, the delay is 2.9 s; attempt 1 throws after 1 s. Correct: the caller has a"
                + " failure before 3.5 s are over, and does not sleep towards 3.9 s.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retryWithin(Duration.ofMillis(2900), Duration.ofSeconds(3));
        Attempts work = new Attempts(number -> {
            if (number == 1) {
                Waits.watch(Duration.ofSeconds(1));
            }
            throw new Failure(number);
        });
        Outcome outcome = Caller.of(() -> rule.call(work)).outcome(Duration.ofMillis(3500));
        return Observation.of(outcome.failed(), "%s, the caller got %s", work.text(), outcome);
    }
}
