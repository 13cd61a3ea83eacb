package dev.settle.comparison.scenario;

import dev.settle.comparison.Attempts;
import dev.settle.comparison.Caller;
import dev.settle.comparison.Failure;
import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Outcome;
import dev.settle.comparison.Rule;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.util.concurrent.atomic.AtomicInteger;

/** The library's own questions may fail, too. */
final class ThrowingPredicate implements Scenario {

    @Override
    public String name() {
        return "A throwing retry predicate settles the future";
    }

    @Override
    public String correct() {
        return "The future of attempt 1 fails, and the predicate that is asked about it throws. Correct: the caller's"
                + " future fails.";
    }

    @Override
    public Observation run(Library library) {
        AtomicInteger asked = new AtomicInteger();
        Rule rule = library.retryIf(failure -> {
            asked.incrementAndGet();
            throw new IllegalStateException("a broken predicate");
        });
        Attempts work = new Attempts(number -> Attempts.failing(new Failure(number)));
        Outcome outcome = Caller.of(() -> rule.call(work)).outcome(Waits.SOON);
        if (asked.get() == 0) {
            return Observation.notReached("%s: the predicate was never asked", work.text());
        }
        return Observation.of(outcome.failed(), "%s, the caller got %s", work.text(), outcome);
    }
}
