package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.CallRejectedException;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.AopTestUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a hit in the cache of a {@code @Cacheable} method costs, and what is cached of futures and publishers. */
class CachedMethodTests {

    private final VirtualTime time = new VirtualTime();
    private final ApplicationContextRunner runner =
            Startup.runner(this.time).withUserConfiguration(Caching.class).withBean(Prices.class);

    @Configuration(proxyBeanMethods = false)
    @EnableCaching(proxyTargetClass = true)
    static class Caching {

        @Bean
        ConcurrentMapCacheManager cacheManager() {
            return new ConcurrentMapCacheManager();
        }
    }

    static class Prices {

        private final List<String> attempts = new ArrayList<>();

        List<String> attempts() {
            return this.attempts;
        }

        @Cacheable("quotes")
        @Throttle(excess = Throttle.Excess.REJECT)
        public String quote(String id) {
            return id + " 7.30";
        }

        @Cacheable(cacheNames = "prices", key = "#id")
        @Bulkhead(value = 1, maxWait = "0s")
        public CompletableFuture<String> find(String id, CompletableFuture<String> outcome) {
            return outcome;
        }

        private boolean first(String id) {
            this.attempts.add(id);
            return this.attempts.size() < 2;
        }

        @Cacheable("monos")
        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public Mono<String> findMono(String id) {
            return Mono.defer(
                    () -> first(id) ? Mono.error(new IllegalStateException("reset")) : Mono.just(id + " 7.30"));
        }

        @Cacheable("fluxes")
        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public Flux<String> findFlux(String id) {
            return Flux.defer(() -> first(id)
                    ? Flux.concat(Flux.just("lost"), Flux.error(new IllegalStateException("reset")))
                    : Flux.just(id, "7.30"));
        }

        @Cacheable("futures")
        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> findLater(String id) {
            return first(id)
                    ? CompletableFuture.failedFuture(new IllegalStateException("reset"))
                    : CompletableFuture.completedFuture(id + " 7.30");
        }
    }

    private static List<String> attempts(Prices prices) {
        return AopTestUtils.<Prices>getUltimateTargetObject(prices).attempts();
    }

    private void aSecond() {
        this.time.advance(Duration.ofSeconds(1));
    }

    @Test
    void aHitCountsForTheRate() {
        this.runner.run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.quote("EUR");

            assertThat(catchThrowable(() -> prices.quote("EUR"))).isInstanceOf(CallRejectedException.class);
        });
    }

    @Test
    void aHitNeedsAPermit() {
        this.runner.run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.find("EUR", CompletableFuture.completedFuture("7.30"));
            CompletableFuture<String> slow = new CompletableFuture<>();
            prices.find("USD", slow);

            assertThat(Results.failure(prices.find("EUR", null))).isInstanceOf(CallRejectedException.class);
            slow.complete("1.00");
            assertThat(prices.find("EUR", null)).isCompletedWithValue("7.30");
        });
    }

    @Test
    void movedInsideAHitCostsNothing() {
        this.runner.withPropertyValues("settle.advisor-order=2147483647").run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.quote("EUR");

            assertThat(prices.quote("EUR")).isEqualTo("EUR 7.30");
            assertThat(catchThrowable(() -> prices.quote("USD")))
                    .as("a miss does cost")
                    .isInstanceOf(CallRejectedException.class);
        });
    }

    @Test
    void ofAFutureTheValueIsCachedAndAFailureIsNot() {
        this.runner.run(context -> {
            Prices prices = context.getBean(Prices.class);
            CompletableFuture<String> call = prices.findLater("EUR");
            aSecond();

            assertThat(call).isCompletedWithValue("EUR 7.30");
            assertThat(prices.findLater("EUR")).isCompletedWithValue("EUR 7.30");
            assertThat(attempts(prices)).containsExactly("EUR", "EUR");
        });
    }

    @Test
    void ofAMonoTheValueIsCachedAndAFailureIsNot() {
        this.runner.run(context -> {
            Prices prices = context.getBean(Prices.class);
            StepVerifier.create(prices.findMono("EUR"))
                    .then(this::aSecond)
                    .expectNext("EUR 7.30")
                    .verifyComplete();

            StepVerifier.create(prices.findMono("EUR")).expectNext("EUR 7.30").verifyComplete();

            assertThat(attempts(prices)).containsExactly("EUR", "EUR");
        });
    }

    @Test
    void eachSubscriptionLooksIntoTheCache() {
        this.runner.run(context -> {
            Prices prices = context.getBean(Prices.class);
            Mono<String> found = prices.findMono("EUR");
            StepVerifier.create(found)
                    .then(this::aSecond)
                    .expectNext("EUR 7.30")
                    .verifyComplete();
            context.getBean(ConcurrentMapCacheManager.class).getCache("monos").put("EUR", "EUR 7.31");

            StepVerifier.create(found).expectNext("EUR 7.31").verifyComplete();
        });
    }

    @Test
    void ofAFluxAllValuesOfTheAttemptThatSucceedsAreCached() {
        this.runner.run(context -> {
            Prices prices = context.getBean(Prices.class);
            StepVerifier.create(prices.findFlux("EUR"))
                    .expectNext("lost")
                    .then(this::aSecond)
                    .expectNext("EUR", "7.30")
                    .verifyComplete();

            StepVerifier.create(prices.findFlux("EUR"))
                    .expectNext("EUR", "7.30")
                    .verifyComplete();

            assertThat(attempts(prices)).containsExactly("EUR", "EUR");
        });
    }
}
