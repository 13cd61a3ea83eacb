package dev.settle.comparison.scenario;

import dev.settle.comparison.Attempts;
import dev.settle.comparison.Caller;
import dev.settle.comparison.Failure;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.MDC;

/** Logs must tell whose attempt it was. */
final class ContextOnEveryAttempt implements Scenario {

    @Override
    public String name() {
        return "The caller's MDC is there on every attempt";
    }

    @Override
    public String correct() {
        return "The caller has `user` in its MDC; the futures of attempts 1 and 2 fail. Correct: all three attempts see"
                + " it.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.retryInContext(Duration.ofMillis(10));
        List<String> seen = new CopyOnWriteArrayList<>();
        Attempts work = new Attempts(number -> {
            seen.add(String.valueOf(MDC.get("user")));
            return (number < 3)
                    ? Attempts.failing(new Failure(number))
                    : CompletableFuture.completedFuture("attempt 3");
        });
        Caller caller = Caller.of(() -> {
            MDC.put("user", "anna");
            return rule.call(work);
        });
        caller.outcome(Waits.SOON);
        if (work.made() < 3) {
            return Observation.notReached("%s", work.text());
        }
        return Observation.of(seen.equals(List.of("anna", "anna", "anna")), "the attempts saw %s", seen);
    }
}
