package dev.settle.policy.bulkhead;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CallersFuture;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.Registration;
import dev.settle.policy.bulkhead.AsyncSemaphore.Permit;
import dev.settle.queue.Waiter;
import dev.settle.queue.WaitingLine;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A permit that somebody waits for by hand.
 *
 * <p>Race: the permit may come while the caller cancels. Whoever settles the future first has it; a permit that comes too
 * late goes back at once.
 */
final class Acquisition extends CallersFuture<Permit> {

    private final AsyncSemaphore semaphore;
    private final WaitingLine line;
    private final TimeSource time;
    private final AbortSignal signal = AbortSignal.current();
    private volatile @Nullable Place place;
    private volatile @Nullable Registration onAbort;
    private volatile TimeSource.@Nullable Timer timer;

    Acquisition(AsyncSemaphore semaphore, WaitingLine line, TimeSource time) {
        this.semaphore = semaphore;
        this.line = line;
        this.time = time;
    }

    CompletableFuture<Permit> start(int permits, Duration maxWait) {
        if (this.signal.aborted()) {
            this.signal.reason().ifPresent(reason -> settle(null, AbortSource.exception(reason)));
            return this;
        }
        if (this.line.tryEnter(permits)) {
            settle(this.semaphore.permit(permits), null);
            return this;
        }
        long nanos = Nanos.of(maxWait);
        if (nanos == 0) {
            refuse(this.line.closed() ? Reason.CLOSED : Reason.WAIT_EXCEEDED);
            return this;
        }
        wait(new Place(permits), nanos);
        return this;
    }

    private void wait(Place waiter, long nanos) {
        this.place = waiter;
        switch (this.line.enter(waiter, Integer.MAX_VALUE)) {
            case IN -> waiter.run();
            case CLOSED, FULL -> refuse(Reason.CLOSED);
            case TOO_HEAVY -> refuse(Reason.WAIT_EXCEEDED);
            case WAITING, LEFT -> {
                this.onAbort = this.signal.onAbort(reason -> leave(AbortSource.exception(reason)));
                if (nanos < Nanos.FOREVER) {
                    this.timer = this.time.schedule(nanos, this::waitedTooLong);
                }
            }
        }
        // Race: it may have been settled while this was being set up, or be about to be.
        if (isDone() || !waiter.waiting()) {
            clear();
        }
    }

    /** A permit that comes at the same moment wins: whatever else is due now goes first. */
    private void waitedTooLong() {
        this.timer = this.time.schedule(0, () -> leave(rejection(Reason.WAIT_EXCEEDED)));
        if (isDone()) {
            clear();
        }
    }

    private void leave(Throwable failure) {
        Place waiter = this.place;
        // First out of the line, then told: what the caller does next must not find itself there.
        if (waiter != null && this.line.leave(waiter)) {
            clear();
            settle(null, failure);
        }
    }

    private void refuse(Reason reason) {
        settle(null, rejection(reason));
    }

    private CallRejectedException rejection(Reason reason) {
        return new CallRejectedException(BulkheadStep.POLICY, this.semaphore.toString(), null, reason, null);
    }

    @Override
    protected void givenUp() {
        clear();
        Place waiter = this.place;
        if (waiter != null) {
            this.line.leave(waiter);
        }
    }

    private void clear() {
        Registration abort = this.onAbort;
        if (abort != null) {
            abort.remove();
        }
        TimeSource.Timer armed = this.timer;
        if (armed != null) {
            armed.cancel();
        }
    }

    private final class Place extends Waiter {

        Place(int permits) {
            super(permits);
        }

        @Override
        public void run() {
            clear();
            Permit permit = Acquisition.this.semaphore.permit(weight());
            if (!settleInside(permit, null)) {
                permit.close();
            }
        }

        @Override
        protected void closed() {
            clear();
            settleInside(null, rejection(Reason.CLOSED));
        }

        @Override
        protected void tooHeavy() {
            clear();
            settleInside(null, rejection(Reason.WAIT_EXCEEDED));
        }

        /** Whoever made room may be inside other work, which is not what the one who waits goes on in. */
        private boolean settleInside(@Nullable Permit permit, @Nullable Throwable failure) {
            AbortSignal outer = CurrentSignal.swap(Acquisition.this.signal);
            try {
                return settle(permit, failure);
            } finally {
                CurrentSignal.swap(outer);
            }
        }
    }
}
