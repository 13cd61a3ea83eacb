package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.HandWork;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Outcome;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Verdict;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Every wait that ends must end cleanly. */
final class TimedOutWaiterEatsNoPermit implements Scenario {

    /** What is lost in a race is not lost every time. */
    private static final int ROUNDS = 20;

    @Override
    public String name() {
        return "A waiter that times out does not eat a permit";
    }

    @Override
    public String correct() {
        return "Limit 1, taken; three calls wait at most 100 ms and give up; then the holder ends; 20 times. Correct:"
                + " none of the three ran, and the next call gets in.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.limitWithEndingWait(Duration.ofMillis(100));
        Observation seen = round(rule);
        for (int i = 1; i < ROUNDS && seen.verdict() == Verdict.HELD; i++) {
            seen = round(rule);
        }
        return seen;
    }

    private static Observation round(Rule rule) {
        try (HandWork work = new HandWork()) {
            Caller.of(() -> rule.call(work));
            if (!work.started(1, Waits.SOON)) {
                return Observation.broken("three gave up; the next call never got in");
            }
            List<Caller> waiters = IntStream.range(0, 3)
                    .mapToObj(i -> Caller.of(() -> rule.call(work)))
                    .toList();
            for (Caller waiter : waiters) {
                Outcome refused = waiter.outcome(Waits.SOON);
                if (work.started() > 1) {
                    return Observation.notReached("nobody had to wait");
                }
                if (!refused.failed()) {
                    return Observation.broken("a waiter had %s", refused);
                }
            }
            work.finish(0);
            Waits.watch(Duration.ofMillis(50));
            Outcome next = Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("in")))
                    .outcome(Waits.SOON);
            return Observation.of(
                    next.is("in") && work.started() == 1,
                    "three gave up, %d of them ran; the next call got %s",
                    work.started() - 1,
                    next);
        }
    }
}
