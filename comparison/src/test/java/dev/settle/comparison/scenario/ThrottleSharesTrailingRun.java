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

/** The trailing edge. */
final class ThrottleSharesTrailingRun implements Scenario {

    @Override
    public String name() {
        return "Throttle: calls beyond the rate share one later run, with the latest arguments";
    }

    @Override
    public String correct() {
        return "One run in 2 s; five calls at once. Correct: the first runs at once; the other four share one run with"
                + " the fifth argument.";
    }

    @Override
    public Observation run(Library library) {
        Rule.WithArgument rule = library.sharedThrottle(Duration.ofSeconds(2));
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
        long shared = callers.stream()
                .skip(1)
                .filter(caller -> caller.outcome(Waits.SOON).is("run of 5"))
                .count();
        return Observation.of(
                runs.equals(List.of("1", "5")) && shared == 4,
                "runs: %s; %d of 4 callers shared the later",
                runs,
                shared);
    }
}
