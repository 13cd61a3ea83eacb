package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.HandWork;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;

/** Threads are what callers have fewest of. */
final class WaitingForPermitParksNobody implements Scenario {

    @Override
    public String name() {
        return "Waiting for a permit parks no caller";
    }

    @Override
    public String correct() {
        return "Limit 1, waits allowed, the permit is taken; somebody else calls the future-returning method. Correct:"
                + " the second caller has its future back within 1 s, and the work runs when the permit is free.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.limit(Duration.ofSeconds(20));
        try (HandWork work = new HandWork()) {
            Caller.of(() -> rule.call(work));
            work.started(1, Waits.SOON);
            Caller second = Caller.of(() -> rule.call(work));
            boolean back = second.back(Waits.AT_ONCE);
            if (work.started() == 2) {
                return Observation.notReached("the second did not have to wait");
            }
            work.finish(0);
            boolean ran = work.started(2, Waits.SOON);
            return Observation.of(
                    back && ran,
                    "the second caller %s, its work %s",
                    back ? "was back at once" : "was parked until the permit was free",
                    ran ? "ran then" : "never ran");
        }
    }
}
