package dev.settle.activity;

import dev.settle.CallPhase;
import dev.settle.activity.Moment.Kind;
import dev.settle.core.CallObserver.ObservedAttempt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of a {@link Sample}: counted as all are, and told of moment by moment. */
final class WatchedCall extends CountedCall {

    /** A call that is tried again without a pause has no end of moments; the end of what has begun is told always. */
    static final int MOST_MOMENTS = 100;

    private final Consumer<Moment> witness;
    private final AtomicInteger moments = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();

    WatchedCall(NameActivity of, Consumer<Moment> witness) {
        super(of);
        this.witness = witness;
        tell(Kind.BEGIN, 0, null);
    }

    private void tell(Kind kind, int attempt, @Nullable Object detail) {
        this.witness.accept(new Moment(this, of(), kind, of().now(), attempt, detail));
    }

    private boolean isOneTooMany() {
        return this.moments.get() >= MOST_MOMENTS || this.moments.incrementAndGet() > MOST_MOMENTS;
    }

    @Override
    public void phase(CallPhase before, CallPhase now) {
        super.phase(before, now);
        if (!isOneTooMany()) {
            tell(Kind.PHASE, 0, now);
        }
    }

    @Override
    public ObservedAttempt attempt() {
        ObservedAttempt counted = super.attempt();
        return isOneTooMany() ? counted : new Attempt(this.attempts.incrementAndGet());
    }

    @Override
    public void end(@Nullable Throwable failure) {
        super.end(failure);
        tell(isOfAnotherRun(failure) ? Kind.COALESCED : Kind.END, 0, failure);
    }

    /** One of its attempts; it may be given up on one thread while it ends on another. */
    private final class Attempt extends CountedAttempt {

        private final int number;

        Attempt(int number) {
            super(of());
            this.number = number;
            tell(Kind.ATTEMPT, number, null);
        }

        @Override
        public void givenUp() {
            super.givenUp();
            tell(Kind.ABANDONED, this.number, null);
        }

        @Override
        public void end(@Nullable Throwable failure) {
            super.end(failure);
            tell(Kind.ATTEMPTED, this.number, failure);
        }
    }
}
