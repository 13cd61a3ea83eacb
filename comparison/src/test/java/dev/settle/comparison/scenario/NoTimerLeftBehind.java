package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.Failure;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A million short calls must not arm a million timers. */
final class NoTimerLeftBehind implements Scenario {

    @Override
    public String name() {
        return "Timed calls that end early leave no timer behind";
    }

    @Override
    public String correct() {
        return "Limit 10 min; 100 calls give a value at once, 100 fail at once. Correct: no timer is armed afterwards.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.timeout(Duration.ofMinutes(10));
        int before = library.timers();
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            callers.add(Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("value"))));
            callers.add(Caller.of(() -> rule.call(() -> CompletableFuture.failedFuture(new Failure(1)))));
        }
        callers.forEach(caller -> caller.outcome(Waits.SOON));
        Waits.until(Duration.ofSeconds(2), () -> library.timers() <= before);
        int left = Math.max(0, library.timers() - before);
        return Observation.of(left == 0, "%d timers left", left);
    }
}
