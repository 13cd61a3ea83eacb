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
import java.util.concurrent.CompletableFuture;

/** Waiting for better times is no work. */
final class RetryDelayParksNobody implements Scenario {

    @Override
    public String name() {
        return "The delay between attempts parks no caller";
    }

    @Override
    public String correct() {
        return "Delay 3 s; attempt 1 of a future-returning method fails at once. Correct: the caller has its future back"
                + " within 1 s, and attempt 2 gives the value.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retry(Duration.ofSeconds(3));
        Attempts work = new Attempts(number -> {
            if (number == 1) {
                throw new Failure(number);
            }
            return CompletableFuture.completedFuture("attempt 2");
        });
        Caller caller = Caller.of(() -> rule.call(work));
        boolean back = caller.back(Waits.AT_ONCE);
        Outcome outcome = caller.outcome(Duration.ofSeconds(6));
        if (work.made() == 1) {
            // A library that retries futures only is asked with one.
            return withFuture(rule);
        }
        return seen(back, work, outcome);
    }

    private static Observation withFuture(Rule rule) {
        Attempts work = new Attempts(number -> (number == 1)
                ? CompletableFuture.failedFuture(new Failure(number))
                : CompletableFuture.completedFuture("attempt 2"));
        Caller caller = Caller.of(() -> rule.call(work));
        boolean back = caller.back(Waits.AT_ONCE);
        return seen(back, work, caller.outcome(Duration.ofSeconds(6)));
    }

    private static Observation seen(boolean back, Attempts work, Outcome outcome) {
        return Observation.of(
                back && outcome.is("attempt 2"),
                "the caller %s, %s, it got %s",
                back ? "was back at once" : "was parked for the delay",
                work.text(),
                outcome);
    }
}
