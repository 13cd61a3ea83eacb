package dev.settle.policy.timeout;

import dev.settle.CallTimeoutException;
import dev.settle.DeadlineExceededException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.core.Call;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One call against its deadline: promise, callback and timer task in one.
 *
 * <p>Race: the outcome and the deadline may come together. One CAS decides; the deadline does not even try when the
 * outcome is there. Once the deadline has won, aborting the work makes an outcome of its own, which is then ignored.
 */
final class TimeoutRun extends CompletableFuture<@Nullable Object>
        implements BiConsumer<@Nullable Object, @Nullable Throwable>, Runnable {

    private static final long MOST_PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

    private enum State {
        PENDING,
        SETTLED,
        ABORTING,
        TIMED_OUT
    }

    private final Call call;
    private final AbortSource.Child signal;
    private final TimeoutSettings settings;
    private final TimeSource time;
    private final long startedAt;
    private final AtomicReference<State> state = new AtomicReference<>(State.PENDING);
    private volatile @Nullable CompletableFuture<@Nullable Object> inner;
    private volatile TimeSource.@Nullable Timer timer;
    private volatile long timedOutAt;

    TimeoutRun(Call call, AbortSource.Child signal, TimeoutSettings settings, TimeSource time) {
        this.call = call;
        this.signal = signal;
        this.settings = settings;
        this.time = time;
        this.startedAt = time.nanoTime();
    }

    void arm(long limitNanos) {
        if (limitNanos < Nanos.FOREVER) {
            this.timer = this.time.schedule(limitNanos, this);
        }
    }

    CompletableFuture<@Nullable Object> follow(CompletableFuture<@Nullable Object> started) {
        this.inner = started;
        if (started.isDone() && this.state.compareAndSet(State.PENDING, State.SETTLED)) {
            end();
            return started;
        }
        started.whenComplete(this);
        // Given up from outside, the call has no deadline any more: the timer must not wait for work that may never
        // end.
        this.signal.onAbort(reason -> disarm());
        return this;
    }

    /** The outcome of what is inside. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        if (!this.state.compareAndSet(State.PENDING, State.SETTLED)) {
            if (this.state.get() == State.TIMED_OUT) {
                this.call.emit(TimeoutEvent.ENDED_LATE, Nanos.between(this.timedOutAt, this.time.nanoTime()));
            }
            return;
        }
        end();
        if (failure != null) {
            completeExceptionally(failure);
        } else {
            complete(value);
        }
    }

    /** The deadline. A result that comes at the same moment wins: whatever else is due now goes first. */
    @Override
    public void run() {
        this.timer = this.time.schedule(0, this::giveUp);
    }

    private void giveUp() {
        CompletableFuture<@Nullable Object> running = this.inner;
        if (running != null && running.isDone()) {
            // The result is there; its callback is on its way.
            return;
        }
        // Somebody outside gave the call up before: that is no timeout.
        if (this.signal.aborted() || !this.state.compareAndSet(State.PENDING, State.ABORTING)) {
            return;
        }
        AbortReason reason = reason();
        // First the work, then the caller: what the work held is free when the caller goes on. But a listener that
        // blocks,
        // which it must not, does not hold the caller up for long.
        TimeSource.Timer patience = this.time.schedule(MOST_PATIENCE, () -> timedOut(reason));
        this.signal.abort(reason);
        patience.cancel();
        timedOut(reason);
    }

    private void timedOut(AbortReason reason) {
        if (!this.state.compareAndSet(State.ABORTING, State.TIMED_OUT)) {
            return;
        }
        this.timedOutAt = this.time.nanoTime();
        end();
        CallTimeoutException failure = new CallTimeoutException(reason);
        this.call.emit(TimeoutEvent.TIMED_OUT, new TimeoutEvent.TimedOut(this.settings.scope(), failure));
        completeExceptionally(failure);
    }

    private AbortReason reason() {
        Duration elapsed = Nanos.between(this.startedAt, this.time.nanoTime());
        String message = "'" + this.call.name() + "' exceeded its timeout of " + Nanos.words(this.settings.value())
                + " (" + this.settings.scope() + ", " + this.call.phase() + ")";
        var facts = new DeadlineExceededException(
                message, this.settings.value(), elapsed, this.call.phase(), this.settings.cancel());
        return new AbortReason(AbortReason.Kind.TIMEOUT, message, facts);
    }

    private void end() {
        this.signal.close();
        disarm();
    }

    private void disarm() {
        TimeSource.Timer armed = this.timer;
        if (armed != null) {
            armed.cancel();
        }
    }
}
