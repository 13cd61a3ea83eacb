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
import java.util.concurrent.atomic.AtomicInteger;

/** A rate limit has the longest waits of all. */
final class WaitingForTheRateParksNobody implements Scenario {

    @Override
    public String name() {
        return "Waiting for a turn under a rate limit parks no caller";
    }

    @Override
    public String correct() {
        return "One start in 3 s, waits of up to 20 s allowed; two calls. Correct: the second caller has its future back"
                + " within 1 s, and its work runs later.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.waitingRate(Duration.ofSeconds(3), Duration.ofSeconds(20));
        AtomicInteger ran = new AtomicInteger();
        Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("first " + ran.incrementAndGet())))
                .outcome(Waits.SOON);
        Caller second =
                Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("ran " + ran.incrementAndGet())));
        boolean back = second.back(Waits.AT_ONCE);
        if (ran.get() == 2) {
            // Resilience4j counts in cycles from its creation: the second may be in the next one.
            return Observation.notReached("the second did not have to wait");
        }
        Outcome outcome = second.outcome(Duration.ofSeconds(8));
        return Observation.of(
                back && outcome.is("ran 2"),
                "the second caller %s and got %s",
                back ? "was back at once" : "was parked",
                outcome);
    }
}
