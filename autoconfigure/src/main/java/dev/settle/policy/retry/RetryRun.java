package dev.settle.policy.retry;

import dev.settle.CallPhase;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.Registration;
import dev.settle.core.Call;
import dev.settle.core.Failures;
import dev.settle.core.Next;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call. One attempt at a time, so what is here passes from thread to thread with the outcome and
 * needs no lock; only the end of a delay is contended, and has an object of its own.
 */
final class RetryRun extends CompletableFuture<@Nullable Object>
        implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    private static final long NO_MORE = -1;

    private final RetryStep step;
    private final TimeSource time;
    private final Call call;
    private final Next next;
    private final long startedAt;
    private final Backoff backoff;
    private final Deque<Throwable> earlier = new ArrayDeque<>(2);
    private int retries;

    RetryRun(RetryStep step, Call call, Next next, long startedAt) {
        RetryRules rules = step.rules();
        this.step = step;
        this.time = rules.time();
        this.call = call;
        this.next = next;
        this.startedAt = startedAt;
        this.backoff = new Backoff(rules.random());
    }

    /**
     * The outcome of an attempt, which is decided on by the rules of now. Whatever the user's rules throw is the outcome of
     * the call.
     */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        RetryRules rules = this.step.rules();
        try {
            long delay = failed(rules, value, failure) ? delay(rules, value, failure) : NO_MORE;
            if (delay == NO_MORE) {
                end(value, failure);
                return;
            }
            this.retries++;
            remember(failure);
            emit(RetryEvent.RETRYING, value, failure);
            new Delay().start(delay);
        } catch (Throwable ex) {
            if (failure != null) {
                Failures.suppress(ex, failure);
            }
            end(null, ex);
        }
    }

    private static boolean failed(RetryRules rules, @Nullable Object value, @Nullable Throwable failure) {
        return (failure == null)
                ? rules.countsAsFailure(value)
                : rules.retryable().test(failure);
    }

    /** How long to wait for the next attempt, or {@link #NO_MORE}. */
    private long delay(RetryRules rules, @Nullable Object value, @Nullable Throwable failure) {
        if (this.call.signal().aborted() || this.call.stopping().aborted()) {
            return NO_MORE;
        }
        if (this.retries >= rules.settings().maxRetries()) {
            return noMore(RetryEvent.EXHAUSTED, value, failure);
        }
        // Only now: a wish that could not be granted is not asked for, and cannot fail.
        long delay = backoff(rules, failure);
        if (tooLate(rules, delay)) {
            return noMore(RetryEvent.EXHAUSTED, value, failure);
        }
        if (rules.budget() != null && !rules.budget().tryWithdraw()) {
            return noMore(RetryEvent.BUDGET_SPENT, value, failure);
        }
        return delay;
    }

    private long noMore(RetryEvent event, @Nullable Object value, @Nullable Throwable failure) {
        emit(event, value, failure);
        return NO_MORE;
    }

    private long backoff(RetryRules rules, @Nullable Throwable failure) {
        long own = this.backoff.next(rules.settings());
        Duration wish = (failure == null) ? null : rules.wish(failure);
        return (wish == null) ? own : Nanos.of(wish);
    }

    /** An attempt that could not start before the limit is not waited for. */
    private boolean tooLate(RetryRules rules, long delay) {
        Duration most = rules.settings().maxDuration();
        return most != null && delay >= Nanos.of(most) - (this.time.nanoTime() - this.startedAt);
    }

    private void emit(RetryEvent event, @Nullable Object value, @Nullable Throwable failure) {
        Object detail = (failure != null) ? failure : value;
        this.call.emit(event, (detail != null) ? detail : "null");
    }

    private void remember(@Nullable Throwable failure) {
        if (failure == null) {
            return;
        }
        if (this.earlier.size() == Failures.MOST_SUPPRESSED) {
            this.earlier.removeFirst();
        }
        this.earlier.addLast(failure);
    }

    private void attempt() {
        this.next.start(this.call).whenComplete(this);
    }

    private void end(@Nullable Object value, @Nullable Throwable failure) {
        if (failure == null) {
            complete(value);
            return;
        }
        this.earlier.forEach(before -> Failures.suppress(failure, before));
        completeExceptionally(failure);
    }

    /**
     * One pause between two attempts.
     *
     * <p>Race: the timer, an abort of the call and the beginning of shutdown may meet. One CAS decides who ends the
     * pause; the others find it ended. Each of the three takes the other two back, also the one that fires while they are
     * still being set up.
     */
    private final class Delay implements Runnable, Consumer<AbortReason> {

        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile @Nullable Registration onAbort;
        private volatile @Nullable Registration onStopping;
        private volatile TimeSource.@Nullable Timer timer;

        void start(long nanos) {
            RetryRun.this.call.phase(CallPhase.WAITING_RETRY);
            this.onAbort = RetryRun.this.call.signal().onAbort(this);
            // All delays are told together; what the caller of one does next may wait for another of them.
            this.onStopping =
                    RetryRun.this.call.stopping().onAbort(reason -> RetryRun.this.time.execute(() -> accept(reason)));
            if (!this.ended.get()) {
                this.timer = RetryRun.this.time.schedule(nanos, this);
            }
            if (this.ended.get()) {
                clear();
            }
        }

        /** The pause is over. */
        @Override
        public void run() {
            if (this.ended.compareAndSet(false, true)) {
                clear();
                RetryRun.this.call.resume(RetryRun.this::attempt, ex -> end(null, ex));
            }
        }

        /** The call is given up, or the application stops: no use in waiting any longer. */
        @Override
        public void accept(AbortReason reason) {
            if (this.ended.compareAndSet(false, true)) {
                clear();
                end(null, AbortSource.exception(reason));
            }
        }

        private void clear() {
            Registration abort = this.onAbort;
            if (abort != null) {
                abort.remove();
            }
            Registration stopping = this.onStopping;
            if (stopping != null) {
                stopping.remove();
            }
            TimeSource.Timer armed = this.timer;
            if (armed != null) {
                armed.cancel();
            }
        }
    }
}
