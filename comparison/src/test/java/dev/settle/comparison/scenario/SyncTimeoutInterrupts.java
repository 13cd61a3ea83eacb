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

/** The caller's own thread, and its flag. */
final class SyncTimeoutInterrupts implements Scenario {

    @Override
    public String name() {
        return "A synchronous method is interrupted at its timeout, and no interrupt is left behind";
    }

    @Override
    public String correct() {
        return "Limit 200 ms, the method waits on a latch. Correct: the method is interrupted, the caller gets a failure,"
                + " and its thread's interrupt flag is down.";
    }

    @Override
    public Observation run(Library library) {
        Rule.Sync rule = library.syncTimeout(Duration.ofMillis(200));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Caller caller = Caller.ofSync(() -> rule.call(() -> {
            try {
                new CountDownLatch(1).await(4, TimeUnit.SECONDS);
                interrupted.complete(false);
            } catch (InterruptedException ex) {
                interrupted.complete(true);
                throw ex;
            }
            return "ended";
        }));
        Outcome outcome = caller.outcome(Waits.SOON);
        boolean reached =
                interrupted.completeOnTimeout(false, 5, TimeUnit.SECONDS).join();
        return Observation.of(
                reached && outcome.failed() && !caller.flagged(),
                "the method %s, the caller got %s, its flag was %s",
                reached ? "was interrupted" : "ran on",
                outcome,
                caller.flagged() ? "up" : "down");
    }
}
