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

/** A wait that cannot succeed is a waste. */
final class DoomedWaitIsRefused implements Scenario {

    @Override
    public String name() {
        return "A wait for the rate limit that cannot succeed is refused at once";
    }

    @Override
    public String correct() {
        return "One start a minute, waits of up to 3 s allowed; two calls. Correct: the second is refused within 1 s.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.rate(Duration.ofMinutes(1), Duration.ofSeconds(3));
        Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("first")))
                .outcome(Waits.SOON);
        Outcome second = Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("second")))
                .outcome(Waits.AT_ONCE);
        return Observation.of(second.failed(), "the second call: %s", second);
    }
}
