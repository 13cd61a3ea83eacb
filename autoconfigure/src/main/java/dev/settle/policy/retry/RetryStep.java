package dev.settle.policy.retry;

import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.StepOutcome;
import dev.settle.core.TunableStep;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts what is inside again when it has failed. */
final class RetryStep implements TunableStep<RetryBinding.Bound> {

    private final Function<RetryBinding.Bound, RetryRules> reader;
    private volatile RetryRules rules;

    /**
     * Creates the step.
     *
     * @param reader finds what the settings name, such as the budget
     */
    RetryStep(RetryBinding.Bound bound, Function<RetryBinding.Bound, RetryRules> reader) {
        this.reader = reader;
        this.rules = reader.apply(bound);
    }

    /**
     * Goes on with other rules. A call between two attempts keeps the delay that it is in, and the number of the retries
     * that it has made; what becomes of its next failure is decided by the new rules. A time limit where there was none counts
     * from that failure.
     */
    @Override
    public void tune(RetryBinding.Bound bound) {
        this.rules = this.reader.apply(bound);
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        RetryRules before = this.rules;
        if (before.budget() != null) {
            before.budget().deposit();
        }
        long startedAt = (before.settings().maxDuration() == null)
                ? RetryRun.UNKNOWN
                : before.time().nanoTime();
        CompletableFuture<@Nullable Object> first = next.start(call);
        if (this.rules.onResult() == null && first.isDone() && !first.isCompletedExceptionally()) {
            return first;
        }
        RetryRun run = new RetryRun(this, call, next, startedAt);
        StepOutcome.follow(first, run);
        return run;
    }

    /** The rules of now. */
    RetryRules rules() {
        return this.rules;
    }

    @Override
    public String toString() {
        return "Retry " + this.rules.settings().maxRetries() + " times";
    }
}
