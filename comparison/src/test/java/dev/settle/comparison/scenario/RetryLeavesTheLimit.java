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

/** Who sleeps should not sit on a chair. */
final class RetryLeavesTheLimit implements Scenario {

    @Override
    public String name() {
        return "A retry leaves the limit during its delay";
    }

    @Override
    public String correct() {
        return "Three retries with 5 s of delay around limit 1, no wait. The future of a call's first attempt fails;"
                + " during the delay somebody else calls. Correct: the other gets in.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retryAroundLimit(Duration.ofSeconds(5));
        CompletableFuture<String> first = new CompletableFuture<>();
        Attempts work =
                new Attempts(number -> (number == 1) ? first : CompletableFuture.completedFuture("attempt " + number));
        Caller caller = Caller.of(() -> rule.call(work));
        Waits.until(Waits.SOON, () -> work.made() == 1);
        first.completeExceptionally(new Failure(1));
        Waits.watch(Duration.ofMillis(200));
        if (caller.settled()) {
            return Observation.notReached("%s: there was no delay", work.text());
        }
        Outcome other = Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("in")))
                .outcome(Duration.ofSeconds(2));
        return Observation.of(other.is("in"), "during the delay the other call got %s", other);
    }
}
