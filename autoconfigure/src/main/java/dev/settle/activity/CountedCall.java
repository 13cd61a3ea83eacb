package dev.settle.activity;

import dev.settle.CallPhase;
import dev.settle.core.CallObserver.ObservedAttempt;
import dev.settle.core.CallObserver.ObservedCall;
import dev.settle.core.CallOutcome;
import org.jspecify.annotations.Nullable;

/** One call, counted. It is told of one thing after another, so what it keeps needs no lock. */
class CountedCall implements ObservedCall {

    private final NameActivity of;
    private @Nullable CallPhase last;
    private boolean attempted;

    CountedCall(NameActivity of) {
        this.of = of;
    }

    final NameActivity of() {
        return this.of;
    }

    @Override
    public void phase(CallPhase before, CallPhase now) {
        this.of.phase(this.last, now);
        this.last = now;
    }

    @Override
    public ObservedAttempt attempt() {
        this.attempted = true;
        this.of.attemptBegins();
        return new CountedAttempt(this.of);
    }

    @Override
    public void end(@Nullable Throwable failure) {
        this.of.phase(this.last, null);
        this.of.ended(CallOutcome.of(failure), isOfAnotherRun(failure));
    }

    /** A value has come, and the method was not called for this call. */
    final boolean isOfAnotherRun(@Nullable Throwable failure) {
        return failure == null && !this.attempted;
    }
}
