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

/** 429 without Retry-After helps nobody. */
final class RefusalSaysWhen implements Scenario {

    @Override
    public String name() {
        return "A call refused by the rate limit is told when to come again";
    }

    @Override
    public String correct() {
        return "One start a minute; the second call is refused. Correct: the refusal carries a time between 0 and 60 s.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.rate(Duration.ofMinutes(1), Duration.ofSeconds(1));
        Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("first")))
                .outcome(Waits.SOON);
        Outcome second = Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("second")))
                .outcome(Waits.SOON);
        if (!second.failed()) {
            return Observation.broken("the second call: %s", second);
        }
        Duration after = library.retryAfter(second.failure());
        boolean held = !after.isNegative() && !after.isZero() && after.compareTo(Duration.ofMinutes(1)) <= 0;
        return Observation.of(held, "%s says %s", second, held ? "how long, within the minute" : after);
    }
}
