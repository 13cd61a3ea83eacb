package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.annotation.Bulkhead;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.annotation.RequestScope;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** State belongs to a bean, not to its instances: however many there are, they have one permit. */
class ScopedBeanTests {

    private final ApplicationContextRunner runner = Startup.runner(new VirtualTime());

    static class Slow {

        static final AtomicInteger INSTANCES = new AtomicInteger();

        Slow() {
            INSTANCES.incrementAndGet();
        }

        @Bulkhead(value = 1, maxWait = "0s")
        public CompletableFuture<String> find() {
            return new CompletableFuture<>();
        }
    }

    @BeforeEach
    void count() {
        Slow.INSTANCES.set(0);
    }

    @AfterEach
    void endRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    private static void assertRefused(CompletableFuture<String> call) {
        assertThat(Results.failure(call)).isInstanceOf(CallRejectedException.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Prototypes {

        @Bean
        @Scope("prototype")
        Slow slow() {
            return new Slow();
        }
    }

    @Test
    void prototypesShareTheirPermits() {
        this.runner.withUserConfiguration(Prototypes.class).run(context -> {
            assertThat(context.getBean(Slow.class).find()).isNotDone();

            assertRefused(context.getBean(Slow.class).find());
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OfRequests {

        @Bean
        static CustomScopeConfigurer requestScope() {
            CustomScopeConfigurer scopes = new CustomScopeConfigurer();
            scopes.addScope("request", new org.springframework.web.context.request.RequestScope());
            return scopes;
        }

        @Bean
        @RequestScope
        Slow slow() {
            return new Slow();
        }
    }

    @Test
    void theInstancesOfAllRequestsShareTheirPermits() {
        this.runner.withUserConfiguration(OfRequests.class).run(context -> {
            Slow slow = context.getBean(Slow.class);
            RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
            assertThat(slow.find()).isNotDone();

            RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
            assertRefused(slow.find());
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Refreshed {

        @Bean
        @org.springframework.cloud.context.config.annotation.RefreshScope
        Slow slow() {
            return new Slow();
        }
    }

    @Test
    void theStateSurvivesARefresh() {
        this.runner
                .withConfiguration(AutoConfigurations.of(RefreshAutoConfiguration.class))
                .withUserConfiguration(Refreshed.class)
                .run(context -> {
                    Slow slow = context.getBean(Slow.class);
                    CompletableFuture<String> before = slow.find();
                    int instances = Slow.INSTANCES.get();

                    context.getBean(RefreshScope.class).refreshAll();

                    assertRefused(slow.find());
                    assertThat(Slow.INSTANCES).hasValue(instances + 1);
                    before.cancel(false);
                    assertThat(slow.find()).as("the permit is free again").isNotDone();
                });
    }
}
