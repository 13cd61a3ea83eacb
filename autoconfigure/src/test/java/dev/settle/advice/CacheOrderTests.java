package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.support.SimpleCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.AopTestUtils;

/** Settle stands outside {@code @Cacheable}: each attempt looks into the cache again. */
class CacheOrderTests {

    private final ApplicationContextRunner runner =
            Startup.runner().withUserConfiguration(Caching.class).withBean(Prices.class);

    static class Counting extends ConcurrentMapCache {

        final AtomicInteger lookups = new AtomicInteger();

        Counting() {
            super("prices");
        }

        @Override
        protected Object lookup(Object key) {
            this.lookups.incrementAndGet();
            return super.lookup(key);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    static class Caching {

        @Bean
        Counting cache() {
            return new Counting();
        }

        @Bean
        SimpleCacheManager cacheManager(Cache cache) {
            SimpleCacheManager manager = new SimpleCacheManager();
            manager.setCaches(List.of(cache));
            return manager;
        }
    }

    static class Prices {

        final AtomicInteger attempts = new AtomicInteger();

        @Cacheable("prices")
        @Retry(delay = "0s")
        public String find(String id) {
            if (this.attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("refused");
            }
            return id + " 7.30";
        }

        @Cacheable("prices")
        @Retry(delay = "0s")
        @Timeout("1m")
        public CompletableFuture<String> findLater(String id) {
            return (this.attempts.incrementAndGet() < 3)
                    ? CompletableFuture.failedFuture(new IllegalStateException("refused"))
                    : CompletableFuture.completedFuture(id + " 7.30");
        }
    }

    private static Prices target(Prices prices) {
        return AopTestUtils.getUltimateTargetObject(prices);
    }

    @Test
    void eachAttemptLooksIntoTheCache() {
        this.runner.run(context -> {
            assertThat(context.getBean(Prices.class).find("EUR")).isEqualTo("EUR 7.30");

            assertThat(context.getBean(Counting.class).lookups).hasValue(3);
        });
    }

    @Test
    void movedInsideOnlyTheCallLooksIntoTheCache() {
        this.runner.withPropertyValues("settle.advisor-order=2147483647").run(context -> {
            assertThat(context.getBean(Prices.class).find("EUR")).isEqualTo("EUR 7.30");

            assertThat(context.getBean(Counting.class).lookups).hasValue(1);
        });
    }

    @Test
    void whatIsInTheCacheNeedsNoMethod() {
        this.runner.run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.find("EUR");

            assertThat(prices.find("EUR")).isEqualTo("EUR 7.30");

            assertThat(target(prices).attempts).hasValue(3);
        });
    }

    @Test
    void aFailedFutureIsRetriedAndNotCached() {
        this.runner.run(context -> {
            Prices prices = context.getBean(Prices.class);

            assertThat(Results.await(prices.findLater("EUR"))).isEqualTo("EUR 7.30");
            assertThat(Results.await(prices.findLater("EUR"))).isEqualTo("EUR 7.30");

            assertThat(target(prices).attempts).hasValue(3);
        });
    }
}
