package dev.settle.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.CallRejectedException;
import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.AbortPhase;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.OnAbort;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Scope;
import dev.settle.cluster.ClusterLease;
import dev.settle.cluster.HandEngine;
import dev.settle.cluster.HandEngine.HandLease;
import dev.settle.core.Results;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;

/** What is generated ahead of time is compiled and started, with the policies at work. */
@CompileWithForkedClassLoader
class ProcessedContextTests {

    record Order(String id) {}

    static class Prices {

        final AtomicInteger attempts = new AtomicInteger();

        @Retry(maxRetries = 2, delay = "0s")
        public String find(String id) {
            if (this.attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("refused");
            }
            return id + " 7.30";
        }

        @Bulkhead(value = 1, maxWait = "0s")
        public CompletableFuture<String> slow() {
            return new CompletableFuture<>();
        }

        @Exclusive(key = "#order.id", onConflict = Exclusive.OnConflict.REJECT)
        CompletableFuture<String> save(Order order) {
            return new CompletableFuture<>();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Shared {

        @Bean
        HandEngine engine() {
            return new HandEngine();
        }

        @Bean
        Stock stock() {
            return new Stock();
        }
    }

    static class Stock {

        @Exclusive(key = "#item", scope = Scope.CLUSTER)
        public CompletableFuture<Long> take(String item) {
            return CompletableFuture.completedFuture(ClusterLease.current().fencingToken());
        }
    }

    @Test
    void callsOfSeveralInstancesCountTogether() {
        Processed.of(Shared.class).run(context -> {
            CompletableFuture<Long> taken = context.getBean(Stock.class).take("lamp");
            HandEngine engine = context.getBean(HandEngine.class);
            Results.until(() -> engine.asked() == 1);
            HandLease lease = engine.give(0);
            Results.until(() -> !lease.releases().isEmpty());
            lease.released();

            assertThat(taken).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(0L);
        });
    }

    @Test
    void policiesAreAtWork() {
        Processed.of(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);

            assertThat(prices.find("EUR")).isEqualTo("EUR 7.30");
            CompletableFuture<String> first = prices.slow();
            assertThatThrownBy(() -> prices.slow().join()).hasRootCauseInstanceOf(CallRejectedException.class);
            first.cancel(true);
        });
    }

    static class Twice {

        @Bean
        Prices one() {
            return new Prices();
        }

        @Bean
        Prices other() {
            return new Prices();
        }
    }

    @Test
    void theClassOfTheProxiesIsOneThatWasGenerated() {
        Processed processed = Processed.of(Twice.class);
        processed.run(context -> {
            Class<?> proxy = context.getBean("one").getClass();

            assertThat(processed.classes()).contains(proxy.getName());
            assertThat(context.getBean("other")).isExactlyInstanceOf(proxy);
        });
    }

    @Test
    void twoBeansOfAClassHaveAStateEach() {
        Processed.of(Twice.class).run(context -> {
            CompletableFuture<String> one = context.getBean("one", Prices.class).slow();
            CompletableFuture<String> other =
                    context.getBean("other", Prices.class).slow();

            assertThat(one).isNotDone();
            assertThat(other).isNotDone();
            one.cancel(true);
            other.cancel(true);
        });
    }

    @Test
    void keysAreEvaluated() {
        Processed.of(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            CompletableFuture<String> first = prices.save(new Order("7"));
            CompletableFuture<String> other = prices.save(new Order("8"));

            assertThatThrownBy(() -> prices.save(new Order("7")).join())
                    .hasRootCauseInstanceOf(CallRejectedException.class);
            assertThat(other).isNotDone();
            first.cancel(true);
            other.cancel(true);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Light {

        final AtomicInteger attempts = new AtomicInteger();

        @Retry(maxRetries = 2, delay = "0s")
        public int find() {
            if (this.attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("refused");
            }
            return this.attempts.get();
        }

        @Bean
        Needed needed() {
            return new Needed();
        }
    }

    @Test
    void aConfigurationThatIsNotEnhancedIsAdvised() {
        Processed.of(Light.class)
                .run(context -> assertThat(context.getBean(Light.class).find()).isEqualTo(3));
    }

    @Configuration
    static class Enhanced {

        @Retry
        public void find() {}

        @Bean
        Needed needed() {
            return new Needed();
        }
    }

    @Test
    void aConfigurationThatIsEnhancedIsRefusedInTheBuild() {
        assertThatThrownBy(() -> Processed.of(Enhanced.class)).hasMessageContaining("can have no second proxy");
    }

    static class Needed {}

    static class ByConstructor implements Predicate<Throwable> {

        private final Needed needed;

        ByConstructor(Needed needed) {
            this.needed = needed;
        }

        @Override
        public boolean test(Throwable failure) {
            return this.needed == null;
        }
    }

    static class ByField implements Predicate<Throwable> {

        @Autowired
        Needed needed;

        @Value("${none:7}")
        int value;

        @Override
        public boolean test(Throwable failure) {
            return this.needed == null || this.value != 7;
        }
    }

    static class Ruled {

        final AtomicInteger attempts = new AtomicInteger();

        @Retry(predicate = ByConstructor.class, delay = "0s")
        public void byConstructor() {
            this.attempts.incrementAndGet();
            throw new IllegalStateException("refused");
        }

        @Retry(predicate = ByField.class, delay = "0s")
        public void byField() {
            this.attempts.incrementAndGet();
            throw new IllegalStateException("refused");
        }

        int attempts() {
            return this.attempts.get();
        }
    }

    @Test
    void aRuleGetsWhatItsConstructorAsksFor() {
        Processed.of(Ruled.class, Needed.class).run(context -> {
            Ruled ruled = context.getBean(Ruled.class);

            assertThatThrownBy(ruled::byConstructor).hasMessage("refused");

            assertThat(ruled.attempts()).isOne();
        });
    }

    @Test
    void aRuleGetsWhatItsFieldsAskFor() {
        Processed.of(Ruled.class, Needed.class).run(context -> {
            Ruled ruled = context.getBean(Ruled.class);

            assertThatThrownBy(ruled::byField).hasMessage("refused");

            assertThat(ruled.attempts()).isOne();
        });
    }

    static class Cleaned {

        Cleaned(@AbortPhase(50) AbortGroup group, AbortGroup standard) {
            group.onAbort("rates " + group.phase(), event -> null);
            standard.onAbort("standard " + standard.phase(), event -> null);
        }

        @OnAbort(phase = -7)
        String close() {
            return "closed";
        }
    }

    @Test
    void cleanupsAreRegisteredInTheirPhases() {
        Processed.of(Cleaned.class).run(context -> {
            AbortReport report =
                    context.getBean(AsyncAbortController.class).abortAsync().join();

            assertThat(report.entries())
                    .extracting(AbortReport.Entry::name)
                    .containsSubsequence("rates 50", "standard 0", "processedContextTests.Cleaned.close");
        });
    }
}
