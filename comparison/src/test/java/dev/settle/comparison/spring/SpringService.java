package dev.settle.comparison.spring;

import dev.settle.comparison.Body;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.ConcurrencyLimit.ThrottlePolicy;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.resilience.retry.MethodRetryPredicate;

/** A bean with Spring's annotations. */
class SpringService {

    private static final String DELAY = "${comparison.delay:10ms}";

    @Retryable(maxRetries = 3, delayString = DELAY)
    CompletableFuture<String> retried(Body body) throws Exception {
        return started(body);
    }

    @Retryable(maxRetries = 3, delayString = DELAY)
    CompletionStage<String> retriedStage(Body body) throws Exception {
        return started(body);
    }

    @Retryable(maxRetries = 3, delay = 0, predicate = Chosen.class)
    CompletableFuture<String> retriedIfChosen(Body body) throws Exception {
        return started(body);
    }

    @Retryable(maxRetries = 3, delayString = DELAY, timeoutString = "${comparison.total:0}")
    CompletableFuture<String> retriedWithin(Body body) throws Exception {
        return started(body);
    }

    @ConcurrencyLimit(1)
    CompletableFuture<String> limited(Body body) throws Exception {
        return started(body);
    }

    @ConcurrencyLimit(limit = 1, policy = ThrottlePolicy.REJECT)
    CompletableFuture<String> limitedOrRejected(Body body) throws Exception {
        return started(body);
    }

    @ConcurrencyLimit(1)
    String limitedSync(Callable<String> body) throws Exception {
        return body.call();
    }

    @Retryable(maxRetries = 3, delayString = DELAY)
    @ConcurrencyLimit(limit = 1, policy = ThrottlePolicy.REJECT)
    CompletableFuture<String> retriedAndLimited(Body body) throws Exception {
        return started(body);
    }

    private static CompletableFuture<String> started(Body body) throws Exception {
        return (CompletableFuture<String>) body.start();
    }

    /** Decides what is retried. */
    record Chosen(Choice choice) implements MethodRetryPredicate {

        @Override
        public boolean shouldRetry(Method method, Throwable failure) {
            return this.choice.predicate().test(failure);
        }
    }

    /** What the scenario has chosen. */
    record Choice(Predicate<Throwable> predicate) {}
}
