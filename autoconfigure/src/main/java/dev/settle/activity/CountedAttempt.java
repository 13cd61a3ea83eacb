package dev.settle.activity;

import dev.settle.core.CallObserver.ObservedAttempt;
import org.jspecify.annotations.Nullable;

/** One attempt, counted. */
class CountedAttempt implements ObservedAttempt {

    private final NameActivity of;
    private volatile boolean givenUp;

    CountedAttempt(NameActivity of) {
        this.of = of;
    }

    @Override
    public void givenUp() {
        this.givenUp = true;
    }

    @Override
    public void end(@Nullable Throwable failure) {
        this.of.attemptEnds(this.givenUp);
    }
}
