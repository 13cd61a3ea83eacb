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
import java.util.concurrent.atomic.AtomicBoolean;

/** A limit is there to protect what the work uses, and the work still uses it. */
final class TimedOutWorkKeepsItsPermit implements Scenario {

    @Override
    public String name() {
        return "Work that goes on after its timeout can keep its permit until it ends";
    }

    @Override
    public String correct() {
        return "A time limit of 200 ms around limit 1, no wait; the work is on another thread and cannot be stopped. The"
                + " caller has its timeout; then somebody else calls, twice: while the work goes on, and when it has ended."
                + " Correct: the first does not start, the second gets in.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.timeoutAroundLimit(Duration.ofMillis(200));
        CountDownLatch end = new CountDownLatch(1);
        try {
            Outcome timedOut = Caller.of(() -> rule.call(() -> CompletableFuture.supplyAsync(() -> ended(end))))
                    .outcome(Waits.SOON);
            if (!timedOut.failed()) {
                return Observation.notReached("the first caller got %s", timedOut);
            }
            AtomicBoolean early = new AtomicBoolean();
            Caller.of(() -> rule.call(() -> {
                        early.set(end.getCount() > 0);
                        return CompletableFuture.completedFuture("in");
                    }))
                    .outcome(Waits.AT_ONCE);
            end.countDown();
            Waits.watch(Duration.ofMillis(300));
            Outcome later = Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("in")))
                    .outcome(Waits.SOON);
            return Observation.of(
                    !early.get() && later.is("in"),
                    "while the work went on, another call %s; when it had ended, the next got %s",
                    early.get() ? "got in" : "did not start",
                    later);
        } finally {
            end.countDown();
        }
    }

    private static String ended(CountDownLatch end) {
        try {
            return end.await(20, TimeUnit.SECONDS) ? "ended" : "not ended";
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
