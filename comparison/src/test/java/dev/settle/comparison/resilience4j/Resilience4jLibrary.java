package dev.settle.comparison.resilience4j;

import dev.settle.comparison.Applications;
import dev.settle.comparison.Body;
import dev.settle.comparison.Library;
import dev.settle.comparison.Mistake;
import dev.settle.comparison.Rule;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.core.ContextAwareScheduledThreadPoolExecutor;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Resilience4j by its decorators; by its annotations in a Spring Boot application where the application matters. */
public final class Resilience4jLibrary implements Library {

    private final ScheduledThreadPoolExecutor scheduler =
            ContextAwareScheduledThreadPoolExecutor.newScheduledThreadPool()
                    .corePoolSize(2)
                    .build();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Applications applications = new Applications(AnnotatedService.Application.class);

    /** Creates the library with a scheduler that lets go of what is cancelled. */
    public Resilience4jLibrary() {
        this.scheduler.setRemoveOnCancelPolicy(true);
    }

    private static Supplier<CompletionStage<String>> supplier(Body body) {
        return () -> {
            try {
                return body.start();
            } catch (RuntimeException ex) {
                throw ex;
            } catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        };
    }

    private static RetryConfig.Builder<Object> retries(Duration delay) {
        return RetryConfig.custom().maxAttempts(4).intervalFunction(interval(delay));
    }

    private static IntervalFunction interval(Duration delay) {
        return attempt -> delay.toMillis();
    }

    private Rule retry(Retry retry) {
        return body ->
                retry.executeCompletionStage(this.scheduler, supplier(body)).toCompletableFuture();
    }

    @Override
    public Rule retry(Duration delay) {
        return retry(Retry.of("comparison", retries(delay).build()));
    }

    @Override
    public Rule retryIf(Predicate<Throwable> retryable) {
        return retry(Retry.of(
                "comparison", retries(Duration.ZERO).retryOnException(retryable).build()));
    }

    @Override
    public Rule retryOf(String value) {
        return retry(Retry.of(
                "comparison",
                retries(Duration.ZERO).retryOnResult(value::equals).build()));
    }

    @Override
    public Rule timeoutAroundLimit(Duration limit) {
        Rule timeout = timeout(limit);
        Rule permit = limit(Duration.ZERO);
        return body -> timeout.call(() -> permit.call(body));
    }

    private static TimeLimiter limiter(Duration limit) {
        return TimeLimiter.of(TimeLimiterConfig.custom()
                .timeoutDuration(limit)
                .cancelRunningFuture(true)
                .build());
    }

    @Override
    public Rule timeout(Duration limit) {
        TimeLimiter limiter = limiter(limit);
        return body ->
                limiter.executeCompletionStage(this.scheduler, supplier(body)).toCompletableFuture();
    }

    @Override
    public Rule.Sync syncTimeout(Duration limit) {
        TimeLimiter limiter = limiter(limit);
        return body -> limiter.executeFutureSupplier(() -> this.executor.submit(body));
    }

    @Override
    public int timers() {
        return this.scheduler.getQueue().size();
    }

    private static Bulkhead bulkhead(Duration maxWait) {
        return Bulkhead.of(
                "comparison",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(1)
                        .maxWaitDuration(maxWait)
                        .build());
    }

    @Override
    public Rule limit(Duration maxWait) {
        Bulkhead bulkhead = bulkhead(maxWait);
        return body -> bulkhead.executeCompletionStage(supplier(body)).toCompletableFuture();
    }

    @Override
    public Rule.Sync syncLimit(Duration maxWait) {
        return bulkhead(maxWait)::executeCallable;
    }

    @Override
    public Rule rate(Duration window, Duration maxWait) {
        return rate(1, window, maxWait);
    }

    @Override
    public Rule rateOfFive(Duration window, Duration maxWait) {
        return rate(5, window, maxWait);
    }

    private static Rule rate(int starts, Duration window, Duration maxWait) {
        RateLimiter limiter = RateLimiter.of(
                "comparison",
                RateLimiterConfig.custom()
                        .limitForPeriod(starts)
                        .limitRefreshPeriod(window)
                        .timeoutDuration(maxWait)
                        .build());
        return body -> limiter.executeCompletionStage(supplier(body)).toCompletableFuture();
    }

    @Override
    public Rule retryAroundLimit(Duration delay) {
        Rule retry = retry(delay);
        Rule limit = limit(Duration.ZERO);
        return body -> retry.call(() -> limit.call(body));
    }

    @Override
    public Rule retryInApplication(Duration delay) {
        return service(
                "resilience4j.retry.instances.comparison.max-attempts=4",
                "resilience4j.retry.instances.comparison.wait-duration=" + delay.toMillis() + "ms")::retried;
    }

    @Override
    public Rule limitInApplication(Duration maxWait) {
        return service(
                "resilience4j.bulkhead.instances.comparison.max-concurrent-calls=1",
                "resilience4j.bulkhead.instances.comparison.max-wait-duration=" + maxWait.toMillis() + "ms")::limited;
    }

    private AnnotatedService service(String... properties) {
        return this.applications
                .start(List.of(AnnotatedService.class), properties)
                .getBean(AnnotatedService.class);
    }

    @Override
    public List<Mistake> impossibleNumbers() {
        return List.of(
                this.applications.mistake(
                        "limit -42", "resilience4j.bulkhead.instances.comparison.max-concurrent-calls=-42"),
                this.applications.mistake("-5 retries", "resilience4j.retry.instances.comparison.max-attempts=-4"),
                this.applications.mistake(
                        "time limit -1 s", "resilience4j.timelimiter.instances.comparison.timeout-duration=-1s"));
    }

    @Override
    public List<Mistake> misplacedAnnotations() {
        return List.of(
                this.applications.mistake("retry on a final method", AnnotatedService.Final.class),
                this.applications.mistake(
                        "time limit on a method that returns a String", AnnotatedService.Timed.class));
    }

    @Override
    public Supplier<Object> prototypes() {
        var context = this.applications.start(List.of(AnnotatedService.Prototype.class));
        return () -> {
            AnnotatedService.Prototype bean = context.getBean(AnnotatedService.Prototype.class);
            Applications.call(() -> bean.limited(() -> CompletableFuture.completedFuture("called")));
            return bean;
        };
    }

    @Override
    public void close() {
        this.applications.close();
        this.scheduler.shutdownNow();
        this.executor.shutdownNow();
    }
}
