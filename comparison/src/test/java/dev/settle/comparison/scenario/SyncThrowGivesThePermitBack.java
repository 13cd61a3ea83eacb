package dev.settle.comparison.scenario;

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

/** Nothing that fails keeps anything. */
final class SyncThrowGivesThePermitBack implements Scenario {

    @Override
    public String name() {
        return "A synchronous throw gives the permit back";
    }

    @Override
    public String correct() {
        return "Limit 1, no wait; a future-returning method throws instead, ten times; then another call. Correct: the"
                + " next call gets in.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.limit(Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            Caller.of(() -> rule.call(() -> {
                        throw new Failure(1);
                    }))
                    .outcome(Waits.SOON);
        }
        Outcome next = Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("in")))
                .outcome(Waits.SOON);
        return Observation.of(next.is("in"), "the next call got %s", next);
    }
}
