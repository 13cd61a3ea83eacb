package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.util.AopTestUtils;

/**
 * Whoever registers a bean's methods as listeners, as the clients of message brokers do in a post-processor that comes last
 * among the ordered ones, registers methods with policies.
 */
class ListenerMethodTests {

    private final ApplicationContextRunner app =
            Startup.runner().withUserConfiguration(Broker.class).withBean("prices", Prices.class);

    static class Prices {

        final AtomicInteger attempts = new AtomicInteger();

        @Retry(delay = "0s")
        public void onMessage() {
            if (this.attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
        }

        @Async
        @Retry(delay = "0s")
        public CompletableFuture<String> onRequest() {
            if (this.attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return CompletableFuture.completedFuture("7.30");
        }
    }

    /** Keeps the bean that it sees. */
    static final class Registrar implements BeanPostProcessor, Ordered {

        volatile Prices listener;

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof Prices prices) {
                this.listener = prices;
            }
            return bean;
        }
    }

    @EnableAsync
    @Configuration(proxyBeanMethods = false)
    static class Broker {

        @Bean
        static Registrar registrar() {
            return new Registrar();
        }
    }

    @Test
    void aListenerHasThePolicies() {
        this.app.run(context -> {
            context.getBean(Registrar.class).listener.onMessage();

            Prices target = AopTestUtils.getTargetObject(context.getBean(Prices.class));
            assertThat(target.attempts).hasValue(3);
        });
    }

    @Test
    void whatIsRegisteredIsTheBean() {
        this.app.run(context ->
                assertThat(context.getBean(Registrar.class).listener).isSameAs(context.getBean(Prices.class)));
    }

    @Test
    void thePoliciesStandOutsideAsyncAllTheSame() {
        this.app.run(context -> {
            CompletableFuture<String> answer =
                    context.getBean(Registrar.class).listener.onRequest();

            // Inside it, the future that @Async returns would have failed before any policy saw it.
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("7.30");
        });
    }
}
