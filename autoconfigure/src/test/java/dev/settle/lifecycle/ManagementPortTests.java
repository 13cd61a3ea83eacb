package dev.settle.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Whoever watches an application at its management port sees that it is going, while it still serves. */
class ManagementPortTests {

    private final HttpClient client = HttpClient.newHttpClient();
    private final VirtualTime time = new VirtualTime();

    private int status(ConfigurableApplicationContext context, String port, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + context.getEnvironment().getProperty(port) + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
        return this.client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void managementPortAnswersDuringTheDelay() throws Exception {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .registerShutdownHook(false)
                .initializers(starting -> starting.getBeanFactory().registerSingleton("time", this.time))
                .properties(
                        "server.port=0",
                        "management.server.port=0",
                        "management.endpoint.health.probes.enabled=true",
                        "settle.shutdown.delay=10s")
                .run();
        assertThat(status(context, "local.management.port", "/actuator/health/readiness"))
                .isEqualTo(200);

        Closing closing = Closing.of(context);
        Waits.until(() -> this.time.pending() > 0);

        assertThat(status(context, "local.management.port", "/actuator/health/readiness"))
                .isEqualTo(503);
        assertThat(status(context, "local.management.port", "/actuator/health/liveness"))
                .isEqualTo(200);
        assertThat(status(context, "local.server.port", "/")).isEqualTo(404);

        this.time.advance(Duration.ofSeconds(10));
        closing.join();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Application {}
}
