package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
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

/** Many changes, one write. */
final class DebounceSharesOneRun implements Scenario {

    @Override
    public String name() {
        return "Debounce: a burst of calls runs once, with the latest arguments, and every caller gets the outcome";
    }

    @Override
    public String correct() {
        return "Five calls within the quiet period of 1 s. Correct: one run with the fifth argument, whose value all five"
                + " get.";
    }

    @Override
    public Observation run(Library library) {
        Rule.WithArgument rule = library.debounce(Duration.ofSeconds(1));
        List<String> runs = new CopyOnWriteArrayList<>();
        List<Caller> callers = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            String argument = String.valueOf(i);
            Caller caller = Caller.of(() -> rule.call(argument, given -> {
                runs.add(given);
                return CompletableFuture.completedFuture("run of " + given);
            }));
            caller.back(Waits.AT_ONCE);
            callers.add(caller);
        }
        long served = callers.stream()
                .filter(caller -> caller.outcome(Waits.SOON).is("run of 5"))
                .count();
        return Observation.of(
                runs.equals(List.of("5")) && served == 5, "runs: %s; %d of 5 callers got the outcome", runs, served);
    }
}
