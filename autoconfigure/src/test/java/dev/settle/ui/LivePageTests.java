package dev.settle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.settle.annotation.Bulkhead;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The page over HTTP, in both web frameworks, on the management port. */
class LivePageTests {

    private final HttpClient http = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext start(WebApplicationType type, String... more) {
        return new SpringApplicationBuilder(Application.class)
                .web(type)
                .registerShutdownHook(false)
                .properties(
                        "server.port=0",
                        "management.server.port=0",
                        "management.endpoints.web.exposure.include=settleui,concurrency")
                .properties(more)
                .run();
    }

    private <T> HttpResponse<T> get(
            ConfigurableApplicationContext context, String path, String accept, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        String port = context.getEnvironment().getRequiredProperty("local.management.port");
        return this.http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator" + path))
                        .header("Accept", accept)
                        .build(),
                body);
    }

    private HttpResponse<String> get(ConfigurableApplicationContext context, String path) throws Exception {
        return get(context, path, "*/*", BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void pageAndItsFilesAreServedWithStrictHeaders(WebApplicationType type) throws Exception {
        try (ConfigurableApplicationContext context = start(type)) {
            HttpResponse<String> page = get(context, "/settleui", "text/html", BodyHandlers.ofString());
            HttpResponse<String> script = get(context, "/settleui/main.js");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("settleui/main.js").doesNotContain("@path@");
            assertThat(script.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
            for (HttpResponse<String> answer : List.of(page, script)) {
                assertThat(answer.headers().firstValue("Content-Security-Policy"))
                        .get()
                        .asString()
                        .contains("default-src 'none'")
                        .doesNotContain("unsafe");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void nothingElseIsServed(WebApplicationType type) throws Exception {
        try (ConfigurableApplicationContext context = start(type)) {
            assertThat(get(context, "/settleui/index.html").statusCode()).isEqualTo(404);
            assertThat(get(context, "/settleui/..%2fFeed.class").statusCode()).isBetween(400, 404);
            assertThat(get(context, "/settleui/none.js").statusCode()).isEqualTo(404);
            assertThat(get(context, "/settleui/shutdown").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void pageMayHaveAnotherPath(WebApplicationType type) throws Exception {
        try (ConfigurableApplicationContext context =
                start(type, "management.endpoints.web.path-mapping.settleui=see/live")) {
            assertThat(get(context, "/see/live", "text/html", BodyHandlers.ofString())
                            .body())
                    .contains("\"live/main.js\"");
            assertThat(get(context, "/see/live/main.js").statusCode()).isEqualTo(200);
            assertThat(JsonPath.<String>read(get(context, "/see/live/frames").body(), "$.frames[0].concurrency"))
                    .isEqualTo("../concurrency");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void framesArePolled(WebApplicationType type) throws Exception {
        try (ConfigurableApplicationContext context = start(type)) {
            String first = get(context, "/settleui/frames").body();

            assertThat(JsonPath.<List<String>>read(first, "$.frames[0].lanes[*].name"))
                    .containsExactly("quote");
            assertThat(JsonPath.<Boolean>read(first, "$.frames[0].writes")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void streamGoesOnUntilTheApplicationStops(WebApplicationType type) throws Exception {
        ConfigurableApplicationContext context = start(type);
        HttpResponse<InputStream> stream =
                get(context, "/settleui/stream", "text/event-stream", BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.headers().firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(next(lines, "data:")).contains("\"full\":true");
            context.getBean(Desk.class).quote(new CompletableFuture<>());
            assertThat(next(lines, "\"begin\"")).contains("\"inFlight\":1");

            CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
            assertThat(next(lines, "event:")).contains("bye");
            assertThat(lines.lines().filter(line -> line.contains("full"))).isEmpty();
            closed.join();
        } finally {
            context.close();
        }
    }

    private static String next(BufferedReader lines, String part) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(part)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    static class Desk {

        @Bulkhead(value = 10, name = "quote")
        public CompletableFuture<String> quote(CompletableFuture<String> answer) {
            return answer;
        }
    }

    /** The tests have two servers for WebFlux, each with a factory of its own for the management port. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {DataSourceAutoConfiguration.class, TomcatReactiveManagementContextAutoConfiguration.class})
    static class Application {

        @Bean
        Desk desk() {
            return new Desk();
        }
    }
}
