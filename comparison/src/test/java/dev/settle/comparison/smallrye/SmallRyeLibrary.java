package dev.settle.comparison.smallrye;

import dev.settle.comparison.Library;
import dev.settle.comparison.Mistake;
import dev.settle.comparison.NotOffered;
import dev.settle.comparison.Rule;
import io.smallrye.faulttolerance.api.RateLimitException;
import io.smallrye.faulttolerance.api.RateLimitType;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.faulttolerance.standalone.StandaloneFaultTolerance;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** SmallRye Fault Tolerance by its guards, standalone. */
public final class SmallRyeLibrary implements Library {

    private static final TypeLiteral<CompletionStage<String>> STAGE = new TypeLiteral<>() {};

    /** Makes SmallRye look for its services now, where they are. */
    public SmallRyeLibrary() {
        guard().build();
    }

    private static TypedGuard.Builder<CompletionStage<String>> guard() {
        return TypedGuard.create(STAGE);
    }

    private static Rule rule(TypedGuard<CompletionStage<String>> guard) {
        return body -> guard.call(body::start).toCompletableFuture();
    }

    private static <T> TypedGuard.Builder.RetryBuilder<T> retries(TypedGuard.Builder<T> guard, Duration delay) {
        return guard.withRetry()
                .maxRetries(3)
                .delay(delay.toMillis(), ChronoUnit.MILLIS)
                .jitter(0, ChronoUnit.MILLIS);
    }

    @Override
    public Rule retry(Duration delay) {
        return rule(retries(guard(), delay).done().build());
    }

    @Override
    public Rule retryInContext(Duration delay) {
        throw new NotOffered("No context is carried without MicroProfile Context Propagation.");
    }

    @Override
    public Rule retryIf(Predicate<Throwable> retryable) {
        return rule(
                retries(guard(), Duration.ZERO).whenException(retryable).done().build());
    }

    @Override
    public Rule retryOf(String value) {
        return rule(
                retries(guard(), Duration.ZERO).whenResult(value::equals).done().build());
    }

    @Override
    public Rule retryWithin(Duration delay, Duration total) {
        return rule(retries(guard(), delay)
                .maxDuration(total.toMillis(), ChronoUnit.MILLIS)
                .done()
                .build());
    }

    @Override
    public Rule timeoutAroundLimit(Duration limit) {
        return rule(timed(limited(Duration.ZERO), limit).build());
    }

    @Override
    public Rule rateOfFive(Duration window, Duration maxWait) {
        return rule(guard().withRateLimit()
                .limit(5)
                .window(window.toMillis(), ChronoUnit.MILLIS)
                .type(RateLimitType.ROLLING)
                .done()
                .build());
    }

    private static <T> TypedGuard.Builder<T> timed(TypedGuard.Builder<T> guard, Duration limit) {
        return guard.withTimeout().duration(limit.toMillis(), ChronoUnit.MILLIS).done();
    }

    @Override
    public Rule timeout(Duration limit) {
        return rule(timed(guard(), limit).build());
    }

    @Override
    public Rule.Sync syncTimeout(Duration limit) {
        return timed(TypedGuard.create(String.class), limit).build()::call;
    }

    @Override
    @SuppressWarnings("removal") // nothing else tells, in this version
    public int timers() {
        return StandaloneFaultTolerance.timerAccess().countScheduledTasks();
    }

    private static TypedGuard.Builder<CompletionStage<String>> limited(Duration maxWait) {
        // It has to be one at least.
        int queue = maxWait.isZero() ? 1 : 200_000;
        return guard().withBulkhead().limit(1).queueSize(queue).done();
    }

    @Override
    public Rule limit(Duration maxWait) {
        return rule(limited(maxWait).build());
    }

    @Override
    public Rule limitWithoutWait() {
        throw new NotOffered("A limit of asynchronous calls has a queue, for one call at least.");
    }

    /** A timeout counts the wait in the queue, and takes the call out of it. */
    @Override
    public Rule limitWithEndingWait(Duration maxWait) {
        return rule(timed(limited(maxWait), maxWait).build());
    }

    @Override
    public Rule.Sync syncLimit(Duration maxWait) {
        return TypedGuard.create(String.class)
                .withBulkhead()
                .limit(1)
                .queueSize(1000)
                .enableSynchronousQueueing()
                .done()
                .build()::call;
    }

    @Override
    public Rule.Sync syncLimitWithEndingWait(Duration maxWait) {
        throw new NotOffered("The wait has no limit of its own; a timeout would hit who holds the permit, too.");
    }

    @Override
    public Rule rate(Duration window, Duration maxWait) {
        return rule(guard().withRateLimit()
                .limit(1)
                .window(window.toMillis(), ChronoUnit.MILLIS)
                .done()
                .build());
    }

    @Override
    public Rule waitingRate(Duration window, Duration maxWait) {
        throw new NotOffered("The rate limit never waits; it refuses.");
    }

    @Override
    public Duration retryAfter(Throwable refusal) {
        return Duration.ofMillis(((RateLimitException) refusal).getRetryAfterMillis());
    }

    @Override
    public Rule retryAroundLimit(Duration delay) {
        return rule(retries(limited(Duration.ZERO), delay).done().build());
    }

    @Override
    public List<Mistake> impossibleNumbers() {
        return List.of(
                new Mistake("limit -42", () -> guard().withBulkhead().limit(-42)),
                new Mistake("-5 retries", () -> guard().withRetry().maxRetries(-5)),
                new Mistake("time limit -1 s", () -> timed(guard(), Duration.ofSeconds(-1))));
    }

    @Override
    public void close() throws InterruptedException {
        StandaloneFaultTolerance.shutdown();
    }
}
