package dev.settle.comparison.failsafe;

import dev.failsafe.Bulkhead;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import dev.failsafe.Timeout;
import dev.settle.comparison.Library;
import dev.settle.comparison.Mistake;
import dev.settle.comparison.NotOffered;
import dev.settle.comparison.Rule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Predicate;

/** Failsafe, on a scheduler of the application's, which the application shuts down. */
public final class FailsafeLibrary implements Library {

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(4);

    /** Creates the library with a scheduler that lets go of what is cancelled. */
    public FailsafeLibrary() {
        this.scheduler.setRemoveOnCancelPolicy(true);
    }

    private Rule rule(FailsafeExecutor<String> executor) {
        FailsafeExecutor<String> scheduled = executor.with(this.scheduler);
        return body -> scheduled.getStageAsync(body::start);
    }

    private static RetryPolicyBuilder<String> retries(Duration delay) {
        RetryPolicyBuilder<String> policy = RetryPolicy.<String>builder().withMaxRetries(3);
        return delay.isZero() ? policy : policy.withDelay(delay);
    }

    @Override
    public Rule retry(Duration delay) {
        return rule(Failsafe.with(retries(delay).build()));
    }

    @Override
    public Rule retryInContext(Duration delay) {
        throw new NotOffered("No context is carried.");
    }

    @Override
    public Rule retryIf(Predicate<Throwable> retryable) {
        return rule(
                Failsafe.with(retries(Duration.ZERO).handleIf(retryable::test).build()));
    }

    @Override
    public Rule retryOf(String value) {
        return rule(Failsafe.with(retries(Duration.ZERO).handleResult(value).build()));
    }

    @Override
    public Rule retryWithin(Duration delay, Duration total) {
        return rule(Failsafe.with(retries(delay).withMaxDuration(total).build()));
    }

    @Override
    public Rule timeoutAroundLimit(Duration limit) {
        return rule(Failsafe.with(Timeout.<String>of(limit), bulkhead(Duration.ZERO)));
    }

    @Override
    public Rule timeout(Duration limit) {
        return rule(Failsafe.with(Timeout.<String>of(limit)));
    }

    @Override
    public Rule.Telling tellingTimeout(Duration limit) {
        FailsafeExecutor<String> executor =
                Failsafe.with(Timeout.<String>of(limit)).with(this.scheduler);
        return body -> executor.getStageAsync(context -> body.start(context::isCancelled));
    }

    @Override
    public Rule.Sync syncTimeout(Duration limit) {
        FailsafeExecutor<String> executor =
                Failsafe.with(Timeout.<String>builder(limit).withInterrupt().build());
        return body -> executor.get(body::call);
    }

    @Override
    public int timers() {
        return this.scheduler.getQueue().size();
    }

    private static Bulkhead<String> bulkhead(Duration maxWait) {
        return maxWait.isZero()
                ? Bulkhead.of(1)
                : Bulkhead.<String>builder(1).withMaxWaitTime(maxWait).build();
    }

    @Override
    public Rule limit(Duration maxWait) {
        return rule(Failsafe.with(bulkhead(maxWait)));
    }

    @Override
    public Rule.Sync syncLimit(Duration maxWait) {
        FailsafeExecutor<String> executor = Failsafe.with(bulkhead(maxWait));
        return body -> executor.get(body::call);
    }

    @Override
    public Rule rate(Duration window, Duration maxWait) {
        return rate(1, window, maxWait);
    }

    @Override
    public Rule rateOfFive(Duration window, Duration maxWait) {
        return rate(5, window, maxWait);
    }

    private Rule rate(int starts, Duration window, Duration maxWait) {
        return rule(Failsafe.with(RateLimiter.<String>smoothBuilder(starts, window)
                .withMaxWaitTime(maxWait)
                .build()));
    }

    @Override
    public Rule retryAroundLimit(Duration delay) {
        return rule(Failsafe.with(retries(delay).build(), bulkhead(Duration.ZERO)));
    }

    @Override
    public List<Mistake> impossibleNumbers() {
        return List.of(
                new Mistake("limit -42", () -> Bulkhead.of(-42)),
                new Mistake("-5 retries", () -> RetryPolicy.builder().withMaxRetries(-5)),
                new Mistake("time limit -1 s", () -> Timeout.of(Duration.ofSeconds(-1))));
    }

    @Override
    public List<Mistake> misplacedAnnotations() {
        throw new NotOffered("No annotations.");
    }

    @Override
    public void close() {
        this.scheduler.shutdownNow();
    }
}
