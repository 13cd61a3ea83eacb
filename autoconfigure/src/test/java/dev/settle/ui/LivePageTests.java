package dev.settle.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** The page over HTTP, in both web frameworks, on the management port. */
@ParameterizedClass
@EnumSource(names = {"SERVLET", "REACTIVE"})
class LivePageTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Parameter
    private WebApplicationType type;

    private static ConfigurableApplicationContext application;

    @BeforeParameterizedClassInvocation
    static void start(WebApplicationType type) {
        application = startWith(type);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        application.close();
    }

    private static ConfigurableApplicationContext startWith(WebApplicationType type, String... more) {
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

    private static <T> HttpResponse<T> get(
            ConfigurableApplicationContext context, String path, String accept, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(address(context, path))
                        .header("Accept", accept)
                        .build(),
                body);
    }

    private static URI address(ConfigurableApplicationContext context, String path) {
        String port = context.getEnvironment().getRequiredProperty("local.management.port");
        return URI.create("http://localhost:" + port + "/actuator" + path);
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext context, String path) throws Exception {
        return get(context, path, "*/*", BodyHandlers.ofString());
    }

    @Test
    void pageAndItsFilesAreServedWithStrictHeaders() throws Exception {
        HttpResponse<String> page = get(application, "/settleui", "text/html", BodyHandlers.ofString());
        HttpResponse<String> script = get(application, "/settleui/main.js");

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

    @Test
    void nothingElseIsServed() throws Exception {
        assertThat(get(application, "/settleui/index.html").statusCode()).isEqualTo(404);
        assertThat(get(application, "/settleui/..%2fFeed.class").statusCode()).isBetween(400, 404);
        assertThat(get(application, "/settleui/none.js").statusCode()).isEqualTo(404);
        assertThat(get(application, "/settleui/shutdown").statusCode()).isEqualTo(404);
    }

    @Test
    void pageMayHaveAnotherPath() throws Exception {
        try (ConfigurableApplicationContext context =
                startWith(this.type, "management.endpoints.web.path-mapping.settleui=see/live")) {
            assertThat(get(context, "/see/live", "text/html", BodyHandlers.ofString())
                            .body())
                    .contains("\"live/main.js\"");
            assertThat(get(context, "/see/live/main.js").statusCode()).isEqualTo(200);
            assertThat(JsonPath.<String>read(get(context, "/see/live/frames").body(), "$.frames[0].concurrency"))
                    .isEqualTo("../concurrency");
        }
    }

    @Test
    void pathMayBeWrittenWithSlashes() throws Exception {
        try (ConfigurableApplicationContext context = startWith(
                this.type,
                "management.endpoints.web.path-mapping.settleui=/live/",
                "management.endpoints.web.path-mapping.concurrency=/see/calls")) {
            HttpResponse<String> page = get(context, "/live", "text/html", BodyHandlers.ofString());

            assertThat(page.body()).contains("\"live/main.js\"");
            assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(JsonPath.<String>read(get(context, "/live/frames").body(), "$.frames[0].concurrency"))
                    .isEqualTo("see/calls");
        }
    }

    @Test
    void whoAsksForHeadersOnlyGetsNoStream() throws Exception {
        for (int i = 0; i <= Stream.MOST; i++) {
            HttpRequest head = HttpRequest.newBuilder(address(application, "/settleui/stream"))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .timeout(Duration.ofSeconds(10))
                    .build();
            assertThat(HTTP.send(head, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        }

        try (InputStream stream = get(application, "/settleui/stream", "*/*", BodyHandlers.ofInputStream())
                .body()) {
            assertThat(stream.read()).as("there is room for one").isNotNegative();
        }
    }

    @Test
    void moreStreamsThanThereIsRoomForAreTurnedAway() throws Exception {
        List<InputStream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < Stream.MOST; i++) {
                InputStream stream = get(application, "/settleui/stream", "*/*", BodyHandlers.ofInputStream())
                        .body();
                streams.add(stream);
                assertThat(stream.read()).isNotNegative();
            }
            assertThat(get(application, "/settleui/stream").statusCode()).isEqualTo(503);
        } finally {
            for (InputStream stream : streams) {
                stream.close();
            }
        }
        await().until(() -> !Stream.areTooMany());
    }

    @Test
    void framesArePolled() throws Exception {
        String first = get(application, "/settleui/frames").body();

        assertThat(JsonPath.<List<String>>read(first, "$.frames[0].lanes[*].name"))
                .containsExactly("quote");
        assertThat(JsonPath.<Boolean>read(first, "$.frames[0].writes")).isFalse();
    }

    @Test
    void streamGoesOnUntilTheApplicationStops() throws Exception {
        ConfigurableApplicationContext context = startWith(this.type, "spring.application.name=Zürich €");
        HttpResponse<InputStream> stream =
                get(context, "/settleui/stream", "text/event-stream", BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.headers().firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(next(lines, "data:")).contains("\"full\":true").contains("Zürich €");
            CompletableFuture<String> answer = new CompletableFuture<>();
            context.getBean(Desk.class).quote(answer);
            assertThat(next(lines, "\"begin\"")).contains("\"inFlight\":1");
            answer.complete("1.08");

            CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
            assertThat(next(lines, "event:")).contains("bye");
            assertThat(lines.lines().filter(line -> line.contains("full"))).isEmpty();
            closed.join();
        } finally {
            context.close();
        }
    }

    @Test
    void streamEndsWhenTheContextStopsAndIsThereAgainWhenItStarts() throws Exception {
        try (ConfigurableApplicationContext context =
                startWith(this.type, "spring.lifecycle.timeout-per-shutdown-phase=10s")) {
            InputStream stream = get(context, "/settleui/stream", "*/*", BodyHandlers.ofInputStream())
                    .body();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                next(lines, "data:");
                CompletableFuture<Void> stopped = CompletableFuture.runAsync(context::stop);
                assertThat(next(lines, "event:")).contains("bye");
                stopped.join();
            }
            context.start();

            try (InputStream again = get(context, "/settleui/stream", "*/*", BodyHandlers.ofInputStream())
                    .body()) {
                assertThat(new String(again.readNBytes(100), StandardCharsets.UTF_8))
                        .doesNotContain("bye");
            }
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

        /** The first application that closes would close the servers of the others, and take two seconds for it. */
        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            ReactorResourceFactory resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            resources.setShutdownQuietPeriod(Duration.ZERO);
            return resources;
        }
    }
}
