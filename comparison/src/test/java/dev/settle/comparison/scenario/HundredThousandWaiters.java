package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.HandWork;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Verdict;
import dev.settle.comparison.Waits;
import java.time.Duration;

/** Direct hand-off is recursion in disguise. */
final class HundredThousandWaiters implements Scenario {

    private static final int WAITERS = 100_000;
    private static final int ROUNDS = 3;

    @Override
    public String name() {
        return "100,000 queued waiters all run, also when the thread that lets them in has a small stack";
    }

    @Override
    public String correct() {
        return "Limit 1, taken; 100,000 calls of instantly done work wait; the holder ends on a thread with a stack of"
                + " 512 KiB; three times, in an application that is just starting. Correct: all run and all settle"
                + " within 20 s.";
    }

    /** Compiled code needs less stack, and hides what a fresh application shows. */
    @Override
    public boolean cold() {
        return true;
    }

    @Override
    public Observation run(Library library) throws InterruptedException {
        Observation seen = round(library.limit(Duration.ofMinutes(2)));
        for (int i = 1; i < ROUNDS && seen.verdict() == Verdict.HELD; i++) {
            seen = round(library.limit(Duration.ofMinutes(2)));
        }
        return seen;
    }

    private static Observation round(Rule rule) throws InterruptedException {
        try (HandWork work = new HandWork()) {
            Caller holder = Caller.of(() -> rule.call(work));
            if (!holder.back(Waits.SOON) || !work.started(1, Waits.SOON)) {
                return Observation.broken("the first call did not get in");
            }
            Crowd crowd = new Crowd(rule, WAITERS);
            Thread queuing = small(crowd);
            if (!Waits.until(Waits.SOON, () -> crowd.queued() > 0)) {
                return Observation.notReached("the first waiter was parked: nobody else could line up");
            }
            queuing.join(Duration.ofSeconds(15).toMillis());
            // Some line up on threads of their own.
            Waits.watch(Duration.ofSeconds(1));
            if (crowd.ran() > 0) {
                return Observation.notReached("nobody had to wait");
            }
            small(() -> work.finish(0));
            Waits.until(Duration.ofSeconds(20), () -> crowd.settled() >= WAITERS || crowd.stuck());
            boolean held = crowd.ran() == WAITERS && crowd.settled() == WAITERS;
            return Observation.of(
                    held, held ? "all ran and settled" : "%s ran, the others never settled", roughly(crowd.ran()));
        }
    }

    /** The exact number is another at each run. */
    private static String roughly(int count) {
        int digit = (int) Math.pow(10, Math.max(0, (int) Math.log10(Math.max(1, count))));
        return "fewer than %,d".formatted((count / digit + 1) * digit);
    }

    private static Thread small(Runnable task) {
        Thread thread = new Thread(null, task, "small-stack", 512 * 1024);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
