package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.HandWork;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** What a limit is for. */
final class PermitLivesAsLongAsTheFuture implements Scenario {

    @Override
    public String name() {
        return "A limit of 1 holds until the returned future settles, not until the method returns";
    }

    @Override
    public String correct() {
        return "Three calls whose futures are settled by hand, one after the other. Correct: one body inside at a time,"
                + " and all three run.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.limit(Duration.ofSeconds(20));
        try (HandWork work = new HandWork()) {
            List<Caller> callers = IntStream.range(0, 3)
                    .mapToObj(i -> Caller.of(() -> rule.call(work)))
                    .toList();
            work.started(1, Waits.SOON);
            if (work.started(2, Waits.A_WHILE)) {
                work.started(3, Waits.A_WHILE);
                return Observation.broken("%d of 3 bodies were inside while no future had settled", work.inside());
            }
            for (int i = 0; i < 3; i++) {
                if (!work.started(i + 1, Waits.SOON) || work.inside() != 1) {
                    return Observation.broken("after %d had settled, %d were inside", i, work.inside());
                }
                work.finish(i);
            }
            boolean all = callers.stream()
                    .noneMatch(caller -> caller.outcome(Waits.SOON).failed());
            return Observation.of(all, "one was inside at a time, %s", all ? "all three ran" : "not all three ran");
        }
    }
}
