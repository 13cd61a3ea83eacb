package dev.settle.metrics;

import dev.settle.CallPhase;
import dev.settle.core.CallObserver.ObservedAttempt;
import dev.settle.core.CallObserver.ObservedCall;
import dev.settle.core.CallOutcome;
import dev.settle.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** Measures one call. */
final class MeteredCall implements ObservedCall {

    private final MethodMeters meters;
    private final TimeSource time;
    private final long begun;
    private CallPhase phase = CallPhase.RUNNING;
    private long since;

    MeteredCall(MethodMeters meters, TimeSource time) {
        this.meters = meters;
        this.time = time;
        this.begun = time.nanoTime();
    }

    @Override
    public void phase(CallPhase before, CallPhase now) {
        change(now, this.time.nanoTime());
    }

    private void change(CallPhase next, long now) {
        if (this.phase != CallPhase.RUNNING) {
            this.meters.waitEnds(this.phase, now - this.since);
        }
        this.phase = next;
        this.since = now;
        if (next != CallPhase.RUNNING) {
            this.meters.waitBegins(next);
        }
    }

    @Override
    public ObservedAttempt attempt() {
        this.meters.attemptBegins();
        return new Attempt(this.meters);
    }

    @Override
    public void end(@Nullable Throwable failure) {
        long now = this.time.nanoTime();
        change(CallPhase.RUNNING, now);
        this.meters.callEnds(CallOutcome.of(failure), now - this.begun);
    }

    private static final class Attempt implements ObservedAttempt {

        private final MethodMeters meters;
        private volatile boolean givenUp;

        Attempt(MethodMeters meters) {
            this.meters = meters;
        }

        @Override
        public void givenUp() {
            this.givenUp = true;
        }

        @Override
        public void end(@Nullable Throwable failure) {
            this.meters.attemptEnds(failure == null, this.givenUp);
        }
    }
}
