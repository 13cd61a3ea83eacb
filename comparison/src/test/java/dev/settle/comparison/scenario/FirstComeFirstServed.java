package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.HandWork;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** A line is a line. */
final class FirstComeFirstServed implements Scenario {

    @Override
    public String name() {
        return "Waiters get in first come, first served";
    }

    @Override
    public String correct() {
        return "Limit 1, taken; 20 calls line up one after the other; then the holder ends. Correct: they run in the"
                + " order in which they came.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.limit(Duration.ofSeconds(20));
        try (HandWork work = new HandWork()) {
            Caller.of(() -> rule.call(work));
            work.started(1, Waits.SOON);
            List<Integer> order = new CopyOnWriteArrayList<>();
            List<Caller> callers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                Caller caller = Caller.of(() -> rule.call(() -> {
                    order.add(number);
                    return CompletableFuture.completedFuture("in");
                }));
                // Back, or parked in the line: either way it is in it before the next comes.
                caller.back(Duration.ofMillis(50));
                callers.add(caller);
            }
            if (!order.isEmpty()) {
                return Observation.notReached("nobody had to wait");
            }
            work.finish(0);
            callers.forEach(caller -> caller.outcome(Waits.SOON));
            boolean held = order.equals(IntStream.range(0, 20).boxed().toList());
            return Observation.of(held, held ? "20 ran in order" : "they ran as " + order);
        }
    }
}
