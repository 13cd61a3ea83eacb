package dev.settle.core;

import dev.settle.CallPhase;
import dev.settle.core.CallObserver.ObservedAttempt;
import dev.settle.core.CallObserver.ObservedCall;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One call, as its observer is told of it: phase after phase, and then its end.
 *
 * <p>Race: the call may change its phase on one thread and be ended on others. Whoever has something to tell leaves it here;
 * one thread at a time tells what is there, without a lock, and nothing after the end. A phase that is over before it is
 * told is left out.
 */
final class CallWatch extends AtomicInteger {

    private static final long serialVersionUID = 1L;

    private static final AtomicReferenceFieldUpdater<CallWatch, @Nullable Ending> ENDING =
            AtomicReferenceFieldUpdater.newUpdater(CallWatch.class, Ending.class, "ending");

    private final transient ObservedCall observed;
    private transient volatile @Nullable Ending ending;
    private volatile CallPhase phase = CallPhase.RUNNING;
    // Both belong to the one who tells.
    private CallPhase told = CallPhase.RUNNING;
    private boolean over;

    private CallWatch(ObservedCall observed) {
        this.observed = observed;
    }

    /** What the caller gets. */
    record Ending(@Nullable Object value, @Nullable Throwable failure) {}

    /** A call begins; null when nobody wants to know. */
    static @Nullable CallWatch begin(CallSite site) {
        CallObserver observer = site.host().observer();
        ObservedCall observed = (observer == null) ? null : observer.begin(site.name());
        return (observed == null) ? null : new CallWatch(observed);
    }

    void phase(CallPhase now) {
        this.phase = now;
        tell();
    }

    ObservedAttempt attempt() {
        return this.observed.attempt();
    }

    /** The call ends. The first to say so decides how: this gives what its caller is to get. */
    Ending end(@Nullable Object value, @Nullable Throwable failure) {
        Ending mine = new Ending(value, failure);
        ENDING.compareAndSet(this, null, mine);
        tell();
        return Objects.requireNonNull(this.ending);
    }

    private void tell() {
        if (getAndIncrement() != 0) {
            return;
        }
        int heard = 1;
        while (heard != 0) {
            tellOnce();
            heard = addAndGet(-heard);
        }
    }

    private void tellOnce() {
        // Read first: a phase that the call has come to before it ended is told.
        Ending end = this.ending;
        CallPhase now = this.phase;
        if (now != this.told && !this.over) {
            this.observed.phase(this.told, now);
            this.told = now;
        }
        if (end != null && !this.over) {
            this.over = true;
            this.observed.end(end.failure());
        }
    }
}
