package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.HandWork;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;

/** Who gives up, gives up the work. */
final class CancelReachesTheWork implements Scenario {

    @Override
    public String name() {
        return "Cancelling the caller's future cancels the future that the method returned";
    }

    @Override
    public String correct() {
        return "The method's future is pending under a retry; the caller cancels. Correct: the method's future is"
                + " cancelled within 1 s.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retry(Duration.ofMillis(400));
        try (HandWork work = new HandWork()) {
            Caller caller = Caller.of(() -> rule.call(work));
            if (!caller.back(Waits.SOON) || !work.started(1, Waits.SOON)) {
                return Observation.broken("the caller never got a future");
            }
            caller.future().cancel(true);
            boolean cancelled = Waits.until(Waits.AT_ONCE, () -> work.future(0).isCancelled());
            return Observation.of(cancelled, "the method's future was %s", cancelled ? "cancelled" : "left pending");
        }
    }
}
