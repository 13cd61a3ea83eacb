package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.HandWork;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Outcome;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;

/** The same for those in line. */
final class WaiterSettlesAtShutdown implements Scenario {

    @Override
    public String name() {
        return "A call that waits for a permit at shutdown settles";
    }

    @Override
    public String correct() {
        return "Limit 1, taken by work that never ends; another call waits, for up to 60 s; the application shuts down."
                + " Correct: the waiting call has settled 5 s after the shutdown has ended.";
    }

    @Override
    public Observation run(Library library) throws Exception {
        Rule rule = library.limitInApplication(Duration.ofSeconds(60));
        try (HandWork work = new HandWork()) {
            Caller.of(() -> rule.call(work));
            work.started(1, Waits.SOON);
            Caller waiter = Caller.of(() -> rule.call(work));
            waiter.back(Waits.AT_ONCE);
            if (work.started() == 2) {
                return Observation.notReached("nobody had to wait");
            }
            library.close();
            Outcome outcome = waiter.outcome(Waits.SOON);
            return Observation.of(outcome.settled(), "the waiting call: %s", outcome);
        }
    }
}
