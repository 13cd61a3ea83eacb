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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Cancelling a future stops no thread. */
final class WorkIsTold implements Scenario {

    @Override
    public String name() {
        return "Work on another thread is given something by which it sees that it was given up";
    }

    @Override
    public String correct() {
        return "Limit 200 ms; the work runs on its own executor and looks at what the library gave it. Correct: it sees"
                + " that it was given up within 3 s.";
    }

    @Override
    public Observation run(Library library) throws InterruptedException {
        Rule.Telling rule = library.tellingTimeout(Duration.ofMillis(200));
        CountDownLatch told = new CountDownLatch(1);
        Caller caller = Caller.of(() -> rule.call(givenUp -> CompletableFuture.supplyAsync(() -> {
            if (Waits.until(Waits.SOON, givenUp)) {
                told.countDown();
            }
            return "ended";
        })));
        Outcome outcome = caller.outcome(Waits.SOON);
        boolean seen = told.await(3, TimeUnit.SECONDS);
        return Observation.of(
                seen && outcome.failed(), "the caller got %s, the work %s", outcome, seen ? "saw it" : "saw nothing");
    }
}
