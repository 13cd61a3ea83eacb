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
import java.util.concurrent.CompletableFuture;

/** A timeout that only looks away is none. */
final class TimeoutCancelsTheWork implements Scenario {

    @Override
    public String name() {
        return "A timeout cancels the future that the method returned, and does not complete it";
    }

    @Override
    public String correct() {
        return "Limit 200 ms, the method's future never settles. Correct: the caller's future fails, and the method's own"
                + " future is cancelled: neither left running nor completed by the library.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.timeout(Duration.ofMillis(200));
        try (HandWork work = new HandWork()) {
            Caller caller = Caller.of(() -> rule.call(work));
            Outcome outcome = caller.outcome(Waits.SOON);
            if (!work.started(1, Waits.AT_ONCE)) {
                return Observation.broken("the work never started");
            }
            CompletableFuture<String> own = work.future(0);
            Waits.until(Waits.AT_ONCE, own::isDone);
            return Observation.of(
                    outcome.failed() && own.isCancelled(),
                    "the caller got %s, the method's future was %s",
                    outcome,
                    state(own));
        }
    }

    private static String state(CompletableFuture<String> own) {
        if (!own.isDone()) {
            return "left running";
        }
        return own.isCancelled() ? "cancelled" : "completed by the library: " + Outcome.of(own, Waits.AT_ONCE);
    }
}
