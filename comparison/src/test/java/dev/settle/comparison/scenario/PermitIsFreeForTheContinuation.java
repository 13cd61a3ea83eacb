package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.HandWork;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Outcome;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.util.concurrent.CompletableFuture;

/** The order of two things that happen together. */
final class PermitIsFreeForTheContinuation implements Scenario {

    @Override
    public String name() {
        return "The permit is free when the caller's continuation runs";
    }

    @Override
    public String correct() {
        return "Limit 1, no wait. A call is pending; when its future is done, the continuation calls again; 1,000 times."
                + " Correct: every continuation gets in.";
    }

    @Override
    public Observation run(Library library) throws Exception {
        Rule rule = library.limitWithoutWait();
        int in = 0;
        for (int i = 0; i < ROUNDS; i++) {
            try (HandWork work = new HandWork()) {
                CompletableFuture<String> first = rule.call(work);
                work.started(1, Waits.SOON);
                if (i == 0
                        && Caller.of(() -> rule.call(() -> CompletableFuture.completedFuture("in")))
                                .outcome(Waits.SOON)
                                .is("in")) {
                    return Observation.notReached("the permit was free while the first call was pending");
                }
                CompletableFuture<String> second = first.thenCompose(value -> {
                    try {
                        return rule.call(() -> CompletableFuture.completedFuture("in"));
                    } catch (Exception ex) {
                        return CompletableFuture.failedFuture(ex);
                    }
                });
                work.finish(0);
                in += Outcome.of(second, Waits.SOON).is("in") ? 1 : 0;
            }
        }
        return Observation.of(in == ROUNDS, "%s of %,d got in", (in == ROUNDS) ? "all" : "not all", ROUNDS);
    }

    private static final int ROUNDS = 1000;
}
