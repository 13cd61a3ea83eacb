package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.ReentrantCallException;
import dev.settle.annotation.Bulkhead;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.HandWork;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Annotated methods of beans. */
class BulkheadBeanTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final ApplicationContextRunner runner = Startup.runner(this.time).withBean(HandWork.class, () -> this.work);

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private void end(String... names) {
        List.of(names).forEach(this.work::end);
    }

    static class Prices {

        private final HandWork work;

        Prices(HandWork work) {
            this.work = work;
        }

        @Bulkhead(1)
        public CompletableFuture<String> find(String name) {
            return this.work.start(name);
        }

        @Bulkhead(value = 1, key = "#currency", queueCapacity = 0)
        public CompletableFuture<String> findIn(String currency, String name) {
            return this.work.start(name);
        }

        @Bulkhead(1)
        public CompletableFuture<String> around(Supplier<CompletableFuture<String>> inner) {
            return inner.get();
        }

        @Bulkhead(1)
        public String now(String name) {
            return name;
        }
    }

    @Test
    void anAnnotatedMethodRunsAsOftenAtOnceAsItSays() {
        this.runner.withBean("prices", Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);

            prices.find("Ann");
            CompletableFuture<String> second = prices.find("Bob");

            assertThat(this.work.started()).containsExactly("Ann");
            end("Ann", "Bob");
            assertThat(second).isCompletedWithValue("Bob");
        });
    }

    @Test
    void byDefaultACallWaitsForHalfAMinute() {
        this.runner.withBean("prices", Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.find("Ann");
            CompletableFuture<String> second = prices.find("Bob");

            this.time.advance(Duration.ofSeconds(30).minusNanos(1));
            assertThat(second).isNotDone();
            this.time.advance(Duration.ofNanos(1));

            assertThat(Results.failure(second)).isInstanceOfSatisfying(CallRejectedException.class, refused -> {
                assertThat(refused.name()).isEqualTo("prices.find");
                assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED);
            });
            end("Ann");
        });
    }

    @Test
    void theKeyIsReadFromTheArguments() {
        this.runner.withBean("prices", Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.findIn("EUR", "Ann");
            prices.findIn("USD", "Bob");

            CompletableFuture<String> third = prices.findIn("EUR", "Cid");

            assertThat(this.work.started()).containsExactly("Ann", "Bob");
            assertThat(Results.failure(third))
                    .isInstanceOfSatisfying(
                            CallRejectedException.class,
                            refused -> assertThat(refused.key()).contains("EUR"));
            end("Ann", "Bob");
        });
    }

    @Test
    void aCallFromInsideThroughTheProxyFailsAtOnceAndNamesTheMethod() {
        this.runner.withBean("prices", Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);

            CompletableFuture<String> outer = prices.around(() -> prices.around(() -> this.work.start("inner")));

            assertThat(Results.failure(outer))
                    .isInstanceOf(ReentrantCallException.class)
                    .hasMessageContaining("'prices.around'");
        });
    }

    @Test
    void aMethodThatReturnsItsValueIsLimitedToo() {
        this.runner
                .withBean("prices", Prices.class)
                .run(context ->
                        assertThat(context.getBean(Prices.class).now("Ann")).isEqualTo("Ann"));
    }

    @Bulkhead(1)
    static class Stock {

        private final HandWork work;

        Stock(HandWork work) {
            this.work = work;
        }

        public CompletableFuture<String> count(String name) {
            return this.work.start(name);
        }

        public CompletableFuture<String> order(String name) {
            return this.work.start(name);
        }

        @Bulkhead(2)
        public CompletableFuture<String> wide(String name) {
            return this.work.start(name);
        }
    }

    @Test
    void anAnnotationOnTheClassGivesEachMethodALimitOfItsOwn() {
        this.runner.withBean("stock", Stock.class).run(context -> {
            Stock stock = context.getBean(Stock.class);

            stock.count("Ann");
            stock.count("Bob");
            stock.order("Cid");

            assertThat(this.work.started()).containsExactly("Ann", "Cid");
            end("Ann", "Bob", "Cid");
        });
    }

    @Test
    void theAnnotationOfTheMethodWins() {
        this.runner.withBean("stock", Stock.class).run(context -> {
            Stock stock = context.getBean(Stock.class);

            stock.wide("Ann");
            stock.wide("Bob");
            stock.wide("Cid");

            assertThat(this.work.started()).containsExactly("Ann", "Bob");
            end("Ann", "Bob", "Cid");
        });
    }

    @Test
    void twoBeansOfOneClassHaveLimitsOfTheirOwn() {
        this.runner
                .withBean("spot", Prices.class)
                .withBean("future", Prices.class)
                .run(context -> {
                    context.getBean("spot", Prices.class).find("Ann");
                    context.getBean("future", Prices.class).find("Bob");

                    assertThat(this.work.started()).containsExactly("Ann", "Bob");
                    end("Ann", "Bob");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Prototypes {
        @Bean
        @Scope("prototype")
        Prices prices(HandWork work) {
            return new Prices(work);
        }
    }

    @Test
    void allInstancesOfAPrototypeShareOneLimit() {
        this.runner.withUserConfiguration(Prototypes.class).run(context -> {
            ObjectProvider<Prices> prices = context.getBeanProvider(Prices.class);
            assertThat(prices.getObject()).isNotSameAs(prices.getObject());

            prices.getObject().find("Ann");
            prices.getObject().find("Bob");

            assertThat(this.work.started()).containsExactly("Ann");
            end("Ann", "Bob");
        });
    }
}
