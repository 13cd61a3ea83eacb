package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** A bean that the definition of another returns has its policies once. */
class AliasTests {

    private final ApplicationContextRunner runner = Startup.runner().withUserConfiguration(Beans.class);

    static class Stock {

        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private int attempts;

        @Retry(maxRetries = 1, delay = "0s")
        public int find() {
            throw new IllegalStateException("attempt " + ++this.attempts);
        }

        @Bulkhead(value = 1, maxWait = "0")
        public CompletableFuture<String> reserve() {
            return this.answer;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        Stock stock() {
            return new Stock();
        }

        @Bean
        Stock alias(@Qualifier("stock") Stock stock) {
            return stock;
        }

        @Bean
        @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
        Stock each(@Qualifier("stock") Stock stock) {
            return stock;
        }
    }

    @Test
    void itsPoliciesRunOnce() {
        this.runner.run(context -> {
            Stock alias = context.getBean("alias", Stock.class);

            assertThat(alias).isSameAs(context.getBean("stock"));
            assertThatIllegalStateException().isThrownBy(alias::find).withMessage("attempt 2");
        });
    }

    @Test
    void itDoesNotGrowWhenItIsAskedForAgainAndAgain() {
        this.runner.run(context -> {
            for (int i = 0; i < 10; i++) {
                context.getBean("each");
            }

            assertThat(((Advised) context.getBean("stock")).getAdvisors()).hasSize(1);
        });
    }

    @Test
    void itsPoliciesAreNamedAfterTheFirst() {
        this.runner.run(context -> {
            Stock alias = context.getBean("alias", Stock.class);
            CompletableFuture<String> holder = alias.reserve();

            assertThat(alias.reserve())
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ZERO)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("'stock.reserve'");
            holder.cancel(true);
        });
    }
}
