package dev.settle.policy.retry;

import dev.settle.core.Call;
import dev.settle.core.Failures;
import dev.settle.core.Next;
import dev.settle.core.StepOutcome;
import dev.settle.time.Nanos;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call. One attempt at a time, so what is here passes from thread to thread with the outcome and
 * needs no lock; only the end of a delay is contended, and has an object of its own.
 */
final class RetryRun extends StepOutcome implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    /** The clock has not been read, because there was no limit; one that is set later begins with the next failure. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final long NO_MORE = -1;

    private static final Throwable[] NONE = {};

    private final RetryStep step;
    private final Call call;
    private final Next next;
    private long startedAt;
    private int retries;

    /** Made with the first failure. */
    private @Nullable Backoff backoff;

    /** The latest failures before the one of now: an array, because there may be very many calls in a delay. */
    private Throwable[] earlier = NONE;

    RetryRun(RetryStep step, Call call, Next next, long startedAt) {
        this.step = step;
        this.call = call;
        this.next = next;
        this.startedAt = startedAt;
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
            new Delay(this, this.call, rules.time()).start(delay);
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
        if (this.backoff == null) {
            this.backoff = new Backoff(rules.random());
        }
        long own = this.backoff.next(rules.settings());
        Duration wish = (failure == null) ? null : rules.wish(failure);
        return (wish == null) ? own : Nanos.of(wish);
    }

    /** An attempt that could not start before the limit is not waited for. */
    private boolean tooLate(RetryRules rules, long delay) {
        Duration most = rules.settings().maxDuration();
        if (most == null) {
            return false;
        }
        long now = rules.time().nanoTime();
        if (this.startedAt == UNKNOWN) {
            this.startedAt = now;
        }
        return delay >= Nanos.of(most) - (now - this.startedAt);
    }

    private void emit(RetryEvent event, @Nullable Object value, @Nullable Throwable failure) {
        Object detail = (failure != null) ? failure : value;
        this.call.emit(event, (detail != null) ? detail : "null");
    }

    private void remember(@Nullable Throwable failure) {
        if (failure != null) {
            int kept = Math.min(this.earlier.length, Failures.MOST_SUPPRESSED - 1);
            Throwable[] all = Arrays.copyOfRange(this.earlier, this.earlier.length - kept, this.earlier.length + 1);
            all[kept] = failure;
            this.earlier = all;
        }
    }

    void attempt() {
        follow(this.next.start(this.call), this);
    }

    void end(@Nullable Object value, @Nullable Throwable failure) {
        if (failure == null) {
            complete(value);
            return;
        }
        for (Throwable before : this.earlier) {
            Failures.suppress(failure, before);
        }
        completeExceptionally(failure);
    }
}
