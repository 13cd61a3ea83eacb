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

/** An application that stops owes its callers an answer. */
final class PendingRetrySettlesAtShutdown implements Scenario {

    @Override
    public String name() {
        return "A retry that is pending at shutdown settles the caller's future";
    }

    @Override
    public String correct() {
        return "Delay 60 s; attempt 1 has failed; the application shuts down. Correct: the caller's future has settled 5"
                + " s after the shutdown has ended.";
    }

    @Override
    public Observation run(Library library) throws Exception {
        Rule rule = library.retryInApplication(Duration.ofSeconds(60));
        CompletableFuture<String> first = new CompletableFuture<>();
        Attempts work = new Attempts(number -> (number == 1) ? first : Attempts.failing(new Failure(number)));
        Caller caller = Caller.of(() -> rule.call(work));
        Waits.until(Waits.SOON, () -> work.made() == 1);
        first.completeExceptionally(new Failure(1));
        Waits.watch(Duration.ofMillis(200));
        if (caller.settled()) {
            return Observation.notReached("%s: no retry was pending", work.text());
        }
        library.close();
        Outcome outcome = caller.outcome(Waits.SOON);
        return Observation.of(outcome.settled(), "the caller got %s", outcome);
    }
}
