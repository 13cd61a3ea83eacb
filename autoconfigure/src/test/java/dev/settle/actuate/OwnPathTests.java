package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.actuate.Operator.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Bodies are changed for the endpoint alone: the application may have the same path for itself, at another port. */
class OwnPathTests {

    private static final String BODY = "{\"policy\":  \"bulkhead\", \"settings\": { \"value\": 30 }}";

    private static ConfigurableApplicationContext run() {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
                .registerShutdownHook(false)
                .properties(
                        "server.port=0",
                        "management.server.port=0",
                        "management.endpoints.web.base-path=/",
                        "management.endpoints.web.exposure.include=concurrency",
                        "management.endpoint.concurrency.access=unrestricted")
                .run();
    }

    private static int port(ConfigurableApplicationContext context, String which) {
        return context.getEnvironment().getRequiredProperty(which, Integer.class);
    }

    @Test
    void applicationGetsItsOwnBodiesAsTheyWereSent() throws Exception {
        try (ConfigurableApplicationContext context = run()) {
            Answer answer = Operator.atRoot(port(context, "local.server.port")).post("/concurrency/stock.find", BODY);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(BODY);
        }
    }

    @Test
    void endpointAtTheSamePathTunes() throws Exception {
        try (ConfigurableApplicationContext context = run()) {
            Answer answer =
                    Operator.atRoot(port(context, "local.management.port")).post("/concurrency/stock.find", BODY);

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.<List<Object>>at(ConcurrencyTuneTests.setting("bulkhead", "value", "value")))
                    .containsExactly(30);
        }
    }

    @Test
    void endpointIsKnownBelowAnyPath() {
        Actuators.tomcat().run(context -> {
            NestedSettings nested = new NestedSettings(() -> context.getBean(PathMappedEndpoints.class));

            assertThat(nested.isAt("/actuator/concurrency/{name}")).isTrue();
            assertThat(nested.isAt("/cloudfoundryapplication/concurrency/{name}"))
                    .isTrue();
            assertThat(nested.isAt("/concurrency/{name}")).isTrue();
            assertThat(nested.isAt("/actuator/concurrency")).isFalse();
            assertThat(nested.isAt("/actuator/loggers/{name}")).isFalse();
            assertThat(nested.isAt("/actuator/my-concurrency/{name}")).isFalse();
        });
    }

    /** The tests have two servers for WebFlux, each with a factory of its own for the management port. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {DataSourceAutoConfiguration.class, TomcatReactiveManagementContextAutoConfiguration.class})
    static class Application {

        @Bean
        Stock stock() {
            return new Stock();
        }

        @Bean
        Echo echo() {
            return new Echo();
        }
    }

    @RestController
    static class Echo {

        @PostMapping("/concurrency/{name}")
        String echo(@RequestBody String body) {
            return body;
        }
    }
}
