package dev.settle.comparison;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs scenarios against contenders, one after the other, and ends what does not end. */
final class Comparison {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private Comparison() {}

    static Map<Contender, Observation> of(Scenario scenario, List<Contender> contenders) {
        Map<Contender, Observation> seen = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            seen.put(contender, of(scenario, contender));
        }
        return seen;
    }

    private static Observation of(Scenario scenario, Contender contender) {
        CompletableFuture<Observation> seen = new CompletableFuture<>();
        Thread run = new Thread(() -> run(scenario, contender, seen), "run");
        run.setDaemon(true);
        run.start();
        try {
            return seen.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException ex) {
            run.interrupt();
            return Observation.broken("the run did not end after %s", Waits.text(PATIENCE));
        } catch (Exception ex) {
            throw new IllegalStateException(scenario.name() + ", " + contender.name(), ex);
        }
    }

    private static void run(Scenario scenario, Contender contender, CompletableFuture<Observation> seen) {
        try (Library library = contender.fresh().get()) {
            seen.complete(scenario.run(library));
        } catch (NotOffered ex) {
            seen.complete(new Observation(Verdict.NOT_OFFERED, ex.getMessage()));
        } catch (Throwable ex) {
            // A mistake of the scenario's or of the library's use, not a result.
            seen.completeExceptionally(ex);
        }
    }
}
