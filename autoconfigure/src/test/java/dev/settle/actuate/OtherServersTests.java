package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.actuate.Operator.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Settings are changed in the same way with WebFlux, at a port of its own, and at another path. */
@ExtendWith(OutputCaptureExtension.class)
class OtherServersTests {

    private static final String TO_THIRTY = "{\"policy\": \"bulkhead\", \"settings\": {\"value\": 30}}";

    private final ReactiveWebApplicationContextRunner reactive =
            Actuators.netty().withBean("stock", Stock.class).withPropertyValues(Actuators.UNRESTRICTED);

    private static void assertThirty(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.<List<Object>>at(ConcurrencyTuneTests.setting("bulkhead", "value", "value")))
                .containsExactly(30);
    }

    @Test
    void webFluxReadsAndTunes() {
        this.reactive.run(context -> {
            Operator operator = Operator.of(context);

            assertThirty(operator.post("/concurrency/stock.find", TO_THIRTY));
            assertThat(operator.get("/concurrency").<Map<String, Object>>at("$.names"))
                    .containsOnlyKeys("stock.count", "stock.find");
        });
    }

    @Test
    void webFluxRefusesWithWhatWouldBeRight() {
        this.reactive.run(context -> {
            Operator operator = Operator.of(context);

            Answer bad = operator.post(
                    "/concurrency/stock.find", "{\"policy\": \"bulkhead\", \"settings\": {\"value\": \"many\"}}");

            assertThat(bad.status()).isEqualTo(400);
            assertThat(bad.<String>at("$.problem")).contains("many");
            assertThat(operator.get("/concurrency/stock.lose").status()).isEqualTo(404);
        });
    }

    @Test
    void webFluxDoesNotReadAnEndlessBody(CapturedOutput output) {
        String body = "{\"policy\": \"bulkhead\", \"settings\": {\"value\": \"" + "1".repeat(100_000) + "\"}}";

        this.reactive.run(context -> assertThat(Operator.of(context)
                        .post("/concurrency/stock.find", body)
                        .status())
                .isEqualTo(413));

        assertThat(output).as("no buffer is given back twice").doesNotContain("IllegalReferenceCount");
    }

    @Test
    void endpointMayHaveAnotherPath() {
        Actuators.tomcat()
                .withBean("stock", Stock.class)
                .withPropertyValues(Actuators.UNRESTRICTED)
                .withPropertyValues("management.endpoints.web.path-mapping.concurrency=calls")
                .run(context -> assertThirty(Operator.of(context).post("/calls/stock.find", TO_THIRTY)));
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void managementMayHaveAPortOfItsOwn(WebApplicationType type) throws Exception {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(type)
                .registerShutdownHook(false)
                .properties(
                        "server.port=0",
                        "management.server.port=0",
                        "management.endpoints.web.exposure.include=concurrency,abortgroups",
                        "management.endpoint.concurrency.access=unrestricted")
                .run()) {
            Integer port = context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);

            assertThirty(Operator.at(port).post("/concurrency/stock.find", TO_THIRTY));

            assertThirty(Operator.at(port).get("/concurrency/stock.find"));
            assertThat(Operator.at(port).get("/abortgroups").status()).isEqualTo(200);
        }
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
    }
}
