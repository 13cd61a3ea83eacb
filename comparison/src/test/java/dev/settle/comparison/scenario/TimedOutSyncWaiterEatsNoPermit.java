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

/** The same, with threads. */
final class TimedOutSyncWaiterEatsNoPermit implements Scenario {

    @Override
    public String name() {
        return "A synchronous waiter that times out does not eat a permit";
    }

    @Override
    public String correct() {
        return "Limit 1, taken; three synchronous calls wait at most 200 ms each, one after the other, and give up; then"
                + " the holder ends. Correct: none of the three ran, and the next call gets in.";
    }

    @Override
    public Observation run(Library library) {
        Rule.Sync rule = library.syncLimitWithEndingWait(Duration.ofMillis(200));
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
            for (int i = 0; i < 3; i++) {
                Outcome refused = Caller.ofSync(() -> rule.call(() -> "ran " + ran.incrementAndGet()))
                        .outcome(Waits.SOON);
                if (!refused.failed()) {
                    return Observation.broken("waiter %d: %s", i + 1, refused);
                }
            }
            end.countDown();
            holder.outcome(Waits.SOON);
            Outcome next = Caller.ofSync(() -> rule.call(() -> "in")).outcome(Waits.SOON);
            return Observation.of(
                    next.is("in") && ran.get() == 0,
                    "three gave up, %d of them ran; the next call got %s",
                    ran.get(),
                    next);
        } catch (InterruptedException ex) {
            throw new IllegalStateException("The run was ended", ex);
        } finally {
            end.countDown();
        }
    }
}
