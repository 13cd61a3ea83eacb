package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Outcome;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A null is no future. */
final class NullInsteadOfFuture implements Scenario {

    @Override
    public String name() {
        return "`null` instead of a future fails the call, and costs no permit";
    }

    @Override
    public String correct() {
        return "Limit 1, no wait. The method returns `null` where a future should be; then another call is made. Correct:"
                + " the first call fails (or gives `null`), it does not hang; the second gets in.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.limit(Duration.ZERO);
        Outcome first = Caller.of(() -> rule.call(() -> null)).outcome(Waits.SOON);
        Outcome second = Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("in")))
                .outcome(Waits.SOON);
        return Observation.of(
                first.settled() && second.is("in"), "the first call got %s, the second %s", first, second);
    }
}
