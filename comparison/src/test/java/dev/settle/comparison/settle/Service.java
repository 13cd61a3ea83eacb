package dev.settle.comparison.settle;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.comparison.Body;
import dev.settle.comparison.Rule;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A bean with every annotation. */
class Service {

    private static final String TIME = "${comparison.time:10ms}";
    private static final String WAIT = "${comparison.wait:0s}";

    @Retry(maxRetries = 3, delay = TIME, maxDelay = TIME, multiplier = 1.0, jitter = Retry.Jitter.NONE)
    CompletableFuture<String> retried(Body body) throws Exception {
        return started(body);
    }

    @Retry(maxRetries = 3, delay = TIME, maxDelay = TIME, multiplier = 1.0, jitter = Retry.Jitter.NONE)
    CompletionStage<String> retriedStage(Body body) throws Exception {
        return body.start();
    }

    @Retry(maxRetries = 3, delay = "0s", predicate = Chosen.class)
    CompletableFuture<String> retriedIfChosen(Body body) throws Exception {
        return started(body);
    }

    @Retry(maxRetries = 3, delay = "0s", retryOnResult = Chosen.class)
    CompletableFuture<String> retriedOnValue(Body body) throws Exception {
        return started(body);
    }

    @Retry(
            maxRetries = 3,
            delay = TIME,
            maxDelay = TIME,
            multiplier = 1.0,
            maxDuration = "${comparison.total:}",
            jitter = Retry.Jitter.NONE)
    CompletableFuture<String> retriedWithin(Body body) throws Exception {
        return started(body);
    }

    @Timeout(value = TIME, cancel = false)
    @Bulkhead(value = 1, maxWait = "0s")
    CompletableFuture<String> timedAndLimited(Body body) throws Exception {
        return started(body);
    }

    @Throttle(limit = 5, window = TIME, maxWait = WAIT)
    CompletableFuture<String> pacedByFive(Body body) throws Exception {
        return started(body);
    }

    @Timeout(TIME)
    CompletableFuture<String> timed(Body body) throws Exception {
        return started(body);
    }

    @Timeout(TIME)
    CompletableFuture<String> told(Rule.TellingBody body, AbortSignal signal) throws Exception {
        return body.start(signal::aborted).toCompletableFuture();
    }

    @Timeout(TIME)
    String timedSync(Callable<String> body) throws Exception {
        return body.call();
    }

    @Bulkhead(value = 1, maxWait = WAIT, queueCapacity = 200_000)
    CompletableFuture<String> limited(Body body) throws Exception {
        return started(body);
    }

    @Bulkhead(value = 1, maxWait = WAIT)
    String limitedSync(Callable<String> body) throws Exception {
        return body.call();
    }

    @Retry(maxRetries = 3, delay = TIME, maxDelay = TIME, multiplier = 1.0, jitter = Retry.Jitter.NONE)
    @Bulkhead(value = 1, maxWait = "0s")
    CompletableFuture<String> retriedAndLimited(Body body) throws Exception {
        return started(body);
    }

    @Throttle(limit = 1, window = TIME, maxWait = WAIT)
    CompletableFuture<String> paced(Body body) throws Exception {
        return started(body);
    }

    @Throttle(limit = 1, window = TIME, excess = Throttle.Excess.SHARE)
    CompletableFuture<String> pacedAndShared(String argument, Rule.ArgumentBody body) throws Exception {
        return body.start(argument).toCompletableFuture();
    }

    @Debounce(TIME)
    CompletableFuture<String> debounced(String argument, Rule.ArgumentBody body) throws Exception {
        return body.start(argument).toCompletableFuture();
    }

    @Exclusive
    CompletableFuture<String> exclusive(Body body) throws Exception {
        return started(body);
    }

    @Exclusive(key = "#p0")
    CompletableFuture<String> locked(Collection<String> keys, Body body) throws Exception {
        return started(body);
    }

    /** The very future of the body, null too. */
    private static CompletableFuture<String> started(Body body) throws Exception {
        return (CompletableFuture<String>) body.start();
    }

    /** Decides what is retried. */
    static class Chosen implements Predicate<Object> {

        private volatile Predicate<Object> predicate = outcome -> true;

        void set(Predicate<Object> predicate) {
            this.predicate = predicate;
        }

        @Override
        public boolean test(Object outcome) {
            return this.predicate.test(outcome);
        }
    }
}
