package dev.settle.comparison.scenario;

import dev.settle.comparison.Caller;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Outcome;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A deadlock with one participant. */
final class CallThatWaitsForItself implements Scenario {

    @Override
    public String name() {
        return "A call that would wait for itself does not hang";
    }

    @Override
    public String correct() {
        return "A mutex, or what comes nearest: a limit of 1 with waits of up to 30 s. A call makes the same call from"
                + " inside and needs its outcome. Correct: it fails at once, or is let in; it does not sit there.";
    }

    @Override
    public Observation run(Library library) {
        Rule rule = library.mutex();
        AtomicBoolean otherIn = new AtomicBoolean();
        Caller caller = Caller.of(() -> rule.call(() -> {
            Caller.of(() -> rule.call(() -> {
                otherIn.set(true);
                return CompletableFuture.completedFuture("other");
            }));
            if (Waits.until(Duration.ofMillis(500), otherIn::get)) {
                return CompletableFuture.completedFuture("not alone");
            }
            return rule.call(() -> CompletableFuture.completedFuture("inner"));
        }));
        Outcome outcome = caller.outcome(Waits.SOON);
        if (outcome.is("not alone")) {
            return Observation.notReached("somebody else got in as well");
        }
        return Observation.of(outcome.settled(), "the caller got %s", outcome);
    }
}
