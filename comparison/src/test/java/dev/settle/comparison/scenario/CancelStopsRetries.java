package dev.settle.comparison.scenario;

import dev.settle.comparison.Attempts;
import dev.settle.comparison.Caller;
import dev.settle.comparison.Failure;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Nobody wants the outcome any more. */
final class CancelStopsRetries implements Scenario {

    @Override
    public String name() {
        return "Cancelling the caller's future stops further attempts";
    }

    @Override
    public String correct() {
        return "Delay 400 ms; attempt 1 has failed, the caller cancels during the delay. Correct: the caller's future is"
                + " cancelled, and no attempt follows within 2 s.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retry(Duration.ofMillis(400));
        CompletableFuture<String> first = new CompletableFuture<>();
        Attempts work = new Attempts(number -> (number == 1) ? first : Attempts.failing(new Failure(number)));
        Caller caller = Caller.of(() -> rule.call(work));
        if (!caller.back(Waits.SOON)) {
            return Observation.broken("the caller never got a future");
        }
        // Some start the work on a thread of their own.
        Waits.until(Waits.SOON, () -> work.made() == 1);
        first.completeExceptionally(new Failure(1));
        Waits.watch(Duration.ofMillis(100));
        if (caller.future().isDone() && work.made() == 1) {
            return Observation.notReached("%s: there was no retry to cancel", work.text());
        }
        boolean cancelled = caller.future().cancel(true);
        int before = work.made();
        Waits.watch(Duration.ofSeconds(2));
        return Observation.of(
                cancelled && work.made() == before, "%d before the cancel, %d after it", before, work.made() - before);
    }
}
