package dev.settle.comparison.resilience4j;

import dev.settle.comparison.Body;
import io.github.resilience4j.bulkhead.annotation.Bulkhead;
import io.github.resilience4j.retry.annotation.Retry;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resilience4j.springboot.timelimiter.autoconfigure.TimeLimiterAutoConfiguration;
import io.github.resilience4j.timelimiter.annotation.TimeLimiter;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** A bean with Resilience4j's annotations. */
class AnnotatedService {

    @Retry(name = "comparison")
    public CompletableFuture<String> retried(Body body) throws Exception {
        return (CompletableFuture<String>) body.start();
    }

    @Bulkhead(name = "comparison")
    public CompletableFuture<String> limited(Body body) throws Exception {
        return (CompletableFuture<String>) body.start();
    }

    @Scope("prototype")
    static class Prototype extends AnnotatedService {}

    static class Final {

        @Retry(name = "comparison")
        public final String call() {
            return "called";
        }
    }

    static class Timed {

        @TimeLimiter(name = "comparison")
        public String call() {
            return "called";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        AopAutoConfiguration.class,
        BulkheadAutoConfiguration.class,
        RateLimiterAutoConfiguration.class,
        RetryAutoConfiguration.class,
        TimeLimiterAutoConfiguration.class
    })
    static class Application {}
}
