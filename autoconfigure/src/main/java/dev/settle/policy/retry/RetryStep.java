package dev.settle.policy.retry;

import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.Step;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Starts what is inside again when it has failed. */
final class RetryStep implements Step {

    private final RetryRules rules;
    private final Retryable retryable;

    RetryStep(RetryRules rules) {
        this.rules = rules;
        this.retryable = new Retryable(rules.settings(), rules.predicate());
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        if (this.rules.budget() != null) {
            this.rules.budget().deposit();
        }
        long startedAt = this.rules.time().nanoTime();
        CompletableFuture<@Nullable Object> first = next.start(call);
        if (this.rules.onResult() == null && first.isDone() && !first.isCompletedExceptionally()) {
            return first;
        }
        RetryRun run = new RetryRun(this.rules, this.retryable, call, next, startedAt);
        first.whenComplete(run);
        return run;
    }

    @Override
    public String toString() {
        return "Retry " + this.rules.settings().maxRetries() + " times";
    }
}
