package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Outcome;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that wait can be called back. */
final class InterruptedSyncWaiter implements Scenario {

    @Override
    public String name() {
        return "A synchronous caller's wait is interruptible and leaks nothing";
    }

    @Override
    public String correct() {
        return "Limit 1, taken; a second thread waits and is interrupted; then the holder ends and a third calls."
                + " Correct: the second comes back within 5 s with a failure and without having run; the third gets"
                + " in.";
    }

    @Override
    public Observation run(Library library) throws InterruptedException {
        Rule.Sync rule = library.syncLimit(Duration.ofSeconds(20));
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        try {
            Caller holder = Caller.ofSync(() -> rule.call(() -> {
                inside.countDown();
                end.await(20, TimeUnit.SECONDS);
                return "held";
            }));
            inside.await(5, TimeUnit.SECONDS);
            Caller second = Caller.ofSync(() -> rule.call(() -> "ran " + ran.incrementAndGet()));
            Waits.watch(Duration.ofMillis(300));
            if (second.settled()) {
                return Observation.notReached("the second did not wait: %s", second.outcome(Waits.SOON));
            }
            second.interrupt();
            Outcome interrupted = second.outcome(Waits.SOON);
            end.countDown();
            holder.outcome(Waits.SOON);
            Outcome third = Caller.ofSync(() -> rule.call(() -> "in")).outcome(Waits.SOON);
            return Observation.of(
                    interrupted.failed() && ran.get() == 0 && third.is("in"),
                    "the second got %s, the third %s",
                    interrupted,
                    third);
        } finally {
            end.countDown();
        }
    }
}
