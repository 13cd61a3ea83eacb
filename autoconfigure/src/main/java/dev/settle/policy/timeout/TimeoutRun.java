package dev.settle.policy.timeout;

import dev.settle.CallTimeoutException;
import dev.settle.DeadlineExceededException;
import dev.settle.abort.AbortReason;
import dev.settle.core.Call;
import dev.settle.core.CallPart;
import dev.settle.core.Futures;
import dev.settle.core.StepOutcome;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One call against its deadline: signal, callback and timer task in one.
 *
 * <p>Race: the outcome and the deadline may come together. One CAS decides; the deadline does not even try when the
 * outcome is there. Once the deadline has won, aborting the work makes an outcome of its own, which is then ignored.
 */
final class TimeoutRun extends CallPart implements BiConsumer<@Nullable Object, @Nullable Throwable>, Runnable {

    private static final long MOST_PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

    private static final AtomicReferenceFieldUpdater<TimeoutRun, Object> STATE =
            AtomicReferenceFieldUpdater.newUpdater(TimeoutRun.class, Object.class, "state");

    private enum State {
        PENDING,
        SETTLED,
        ABORTING
    }

    private final TimeoutSettings settings;

    /** One of {@link State}, or, when time is up, what the caller gets. */
    private volatile Object state = State.PENDING;

    private volatile TimeSource.@Nullable Timer timer;

    /** Made when the call goes on after it has been started. */
    private volatile @Nullable Promise promise;

    TimeoutRun(Call call, TimeoutSettings settings, TimeSource time, long limitNanos) {
        super(call, time, limitNanos);
        this.settings = settings;
    }

    void arm(long limitNanos) {
        if (limitNanos < Nanos.FOREVER) {
            this.timer = time().scheduleAt(at(), this);
        }
    }

    CompletableFuture<@Nullable Object> follow(CompletableFuture<@Nullable Object> started) {
        if (started.isDone() && STATE.compareAndSet(this, State.PENDING, State.SETTLED)) {
            end();
            return started;
        }
        Promise promised = new Promise(started);
        this.promise = promised;
        // Race: time may have been up before there was a promise.
        if (this.state instanceof CallTimeoutException failure) {
            promised.completeExceptionally(failure);
        }
        StepOutcome.follow(started, this);
        // Race: an abort may have come before there was a timer.
        if (aborted()) {
            disarm();
        }
        return promised;
    }

    /** The outcome of what is inside. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        if (!STATE.compareAndSet(this, State.PENDING, State.SETTLED)) {
            if (this.state instanceof CallTimeoutException) {
                emit(TimeoutEvent.ENDED_LATE, Nanos.between(at(), time().nanoTime()));
            }
            return;
        }
        end();
        Promise promised = this.promise;
        if (promised != null) {
            Futures.settle(promised, value, failure);
        }
    }

    /** Given up from outside, the call has no deadline any more: the timer must not wait for work that may never end. */
    @Override
    protected void told() {
        disarm();
    }

    /** The deadline. A result that comes at the same moment wins: whatever else is due now goes first. */
    @Override
    public void run() {
        this.timer = time().schedule(0, this::giveUp);
    }

    private void giveUp() {
        Promise promised = this.promise;
        if (promised != null && promised.inner.isDone()) {
            // The result is there; its callback is on its way.
            return;
        }
        // Somebody outside gave the call up before: that is no timeout.
        if (aborted() || !STATE.compareAndSet(this, State.PENDING, State.ABORTING)) {
            return;
        }
        AbortReason reason = exceeded();
        // First the work, then the caller: what the work held is free when the caller goes on. But a listener that
        // blocks, which it must not, does not hold the caller up for long.
        TimeSource.Timer patience = time().schedule(MOST_PATIENCE, () -> timedOut(reason));
        abort(reason);
        patience.cancel();
        timedOut(reason);
    }

    private void timedOut(AbortReason reason) {
        CallTimeoutException failure = new CallTimeoutException(reason);
        if (!STATE.compareAndSet(this, State.ABORTING, failure)) {
            return;
        }
        end();
        emit(TimeoutEvent.TIMED_OUT, new TimeoutEvent.TimedOut(this.settings.scope(), failure));
        Promise promised = this.promise;
        if (promised != null) {
            promised.completeExceptionally(failure);
        }
    }

    private AbortReason exceeded() {
        Duration elapsed = Nanos.between(at() - Nanos.of(this.settings.value()), time().nanoTime());
        String message = "'" + name() + "' exceeded its timeout of " + Nanos.words(this.settings.value()) + " ("
                + this.settings.scope() + ", " + phase() + ")";
        var facts =
                new DeadlineExceededException(message, this.settings.value(), elapsed, phase(), this.settings.cancel());
        return new AbortReason(AbortReason.Kind.TIMEOUT, message, facts);
    }

    private void end() {
        close();
        disarm();
    }

    private void disarm() {
        TimeSource.Timer armed = this.timer;
        if (armed != null) {
            armed.cancel();
        }
    }

    /** What the caller gets of a call that is pending. */
    private static final class Promise extends StepOutcome {

        private final CompletableFuture<@Nullable Object> inner;

        Promise(CompletableFuture<@Nullable Object> inner) {
            this.inner = inner;
        }
    }
}
