package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.Bulkhead;
import dev.settle.autoconfigure.SettleAbortGroupsEndpointAutoConfiguration;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.autoconfigure.SettleConcurrencyEndpointAutoConfiguration;
import dev.settle.autoconfigure.SettleHealthAutoConfiguration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Contexts have methods and a controller each: so they have endpoints and a health each, too. */
class ParentAndChildTests {

    private static void run(BiConsumer<ConfigurableApplicationContext, ConfigurableApplicationContext> test) {
        SpringApplicationBuilder parent = new SpringApplicationBuilder(Parent.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties("management.endpoints.web.exposure.include=*");
        SpringApplicationBuilder child = parent.child(Child.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties("management.endpoints.web.exposure.include=*");
        try (ConfigurableApplicationContext inner = child.run();
                ConfigurableApplicationContext outer = (ConfigurableApplicationContext) inner.getParent()) {
            test.accept(outer, inner);
        }
    }

    private static boolean closed(ConfigurableApplicationContext context) {
        return context.getBean(AsyncAbortController.class).inFlight().closed();
    }

    private static Status health(ConfigurableApplicationContext context) {
        return context.getBean(SettleHealthIndicator.class).health().getStatus();
    }

    @Test
    void eachShowsItsOwnMethods() {
        run((parent, child) -> {
            assertThat(parent.getBean(ConcurrencyEndpoint.class).all().names()).containsOnlyKeys("elders.count");
            assertThat(child.getBean(ConcurrencyEndpoint.class).all().names())
                    .containsOnlyKeys("stock.count", "stock.find");
        });
    }

    @Test
    void eachCountsItsOwnCalls() {
        run((parent, child) -> {
            child.getBean(Stock.class).count("id");

            assertThat(child.getBean(ConcurrencyEndpoint.class)
                            .named("stock.count")
                            .live()
                            .outcomes())
                    .containsEntry("success", 1L);
        });
    }

    @Test
    void drainingTheChildLeavesTheParentAlone() {
        run((parent, child) -> {
            child.getBean(AbortGroupsEndpoint.class).change("drain");

            assertThat(closed(child)).isTrue();
            assertThat(closed(parent)).isFalse();
        });
    }

    @Test
    void eachHasAHealthOfItsOwn() {
        run((parent, child) -> {
            child.getBean(AsyncAbortController.class).drainAsync();

            assertThat(health(child)).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(health(parent)).isEqualTo(Status.UP);
        });
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        SettleAutoConfiguration.class,
        SettleConcurrencyEndpointAutoConfiguration.class,
        SettleAbortGroupsEndpointAutoConfiguration.class,
        SettleHealthAutoConfiguration.class
    })
    static class Parent {

        @Bean
        Elders elders() {
            return new Elders();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        SettleAutoConfiguration.class,
        SettleConcurrencyEndpointAutoConfiguration.class,
        SettleAbortGroupsEndpointAutoConfiguration.class,
        SettleHealthAutoConfiguration.class
    })
    static class Child {

        @Bean
        Stock stock() {
            return new Stock();
        }
    }

    static class Elders {

        @Bulkhead(1)
        public String count() {
            return "two";
        }
    }
}
