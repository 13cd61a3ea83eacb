package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.HandWork;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Outcome;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Cancelling the front waiter must wake the next. */
final class CancelledWaiterLeaves implements Scenario {

    @Override
    public String name() {
        return "A cancelled waiter never runs, and the next in line gets in";
    }

    @Override
    public String correct() {
        return "Limit 1, taken; two calls wait; the first of them is cancelled, then the holder ends. Correct: the"
                + " cancelled work never starts, the other runs.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.limit(Duration.ofSeconds(20));
        try (HandWork work = new HandWork()) {
            Caller.of(() -> rule.call(work));
            work.started(1, Waits.SOON);
            AtomicInteger cancelledRan = new AtomicInteger();
            Caller first = Caller.of(() -> rule.call(() -> {
                cancelledRan.incrementAndGet();
                return CompletableFuture.completedFuture("ran");
            }));
            if (!first.back(Waits.AT_ONCE)) {
                return Observation.notReached("a waiting caller is parked and has no future to cancel");
            }
            if (cancelledRan.get() > 0) {
                return Observation.notReached("nobody had to wait");
            }
            Caller second = Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("in")));
            second.back(Waits.AT_ONCE);
            first.future().cancel(true);
            work.finish(0);
            Outcome next = second.outcome(Waits.SOON);
            Waits.watch(Duration.ofMillis(200));
            return Observation.of(
                    next.is("in") && cancelledRan.get() == 0,
                    "the cancelled work %s, the next call got %s",
                    (cancelledRan.get() == 0) ? "never ran" : "ran",
                    next);
        }
    }
}
