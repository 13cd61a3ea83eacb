package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Transfers in both directions. */
final class LocksOfSeveralKeys implements Scenario {

    @Override
    public String name() {
        return "A lock of several keys at once: exclusive, without deadlock";
    }

    @Override
    public String correct() {
        return "200 transfers between A and B in both directions at once, each asynchronous under both keys. Correct: all"
                + " end, never two at the same time.";
    }

    @Override
    public Observation run(Library library) {
        Rule.Keyed rule = library.locks();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Collection<String> keys = (i % 2 == 0) ? List.of("A", "B") : List.of("B", "A");
            callers.add(Caller.of(() -> rule.call(
                    keys,
                    () -> CompletableFuture.supplyAsync(() -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                        return "moved";
                    }))));
        }
        long moved = callers.stream()
                .filter(caller -> caller.outcome(Waits.SOON).is("moved"))
                .count();
        return Observation.of(
                moved == 200 && most.get() == 1, "%d of 200 ended, at most %d at the same time", moved, most.get());
    }
}
