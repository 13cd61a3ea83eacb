package dev.settle.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;

/** The page's stream, in both web frameworks. */
@ParameterizedClass
@EnumSource(names = {"SERVLET", "REACTIVE"})
class LiveStreamTests {

    @Parameter
    private WebApplicationType type;

    private static LiveApplication application;

    @BeforeParameterizedClassInvocation
    static void start(WebApplicationType type) {
        application = LiveApplication.start(type);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        application.close();
    }

    @BeforeEach
    void othersHaveEnded() {
        await().until(() -> Stream.open() == 0);
    }

    @Test
    void whoAsksForHeadersOnlyGetsNoStream() throws Exception {
        for (int i = 0; i <= Stream.MOST; i++) {
            assertThat(application.head("/settleui/stream").statusCode()).isEqualTo(200);
        }

        try (InputStream stream = application.stream().body()) {
            assertThat(stream.read()).as("there is room for one").isNotNegative();
        }
    }

    @Test
    void moreStreamsThanThereIsRoomForAreTurnedAway() throws Exception {
        List<InputStream> streams = new ArrayList<>();
        try {
            for (int i = 0; i < Stream.MOST; i++) {
                InputStream stream = application.stream().body();
                streams.add(stream);
                assertThat(stream.read()).isNotNegative();
            }
            assertThat(application.get("/settleui/stream").statusCode()).isEqualTo(503);
        } finally {
            for (InputStream stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void streamGoesOnUntilTheApplicationStops() throws Exception {
        LiveApplication context = LiveApplication.start(this.type, "spring.application.name=Zürich €");
        HttpResponse<InputStream> stream = context.stream();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(stream.headers().firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(next(lines, "data:")).contains("\"full\":true").contains("Zürich €");
            CompletableFuture<String> answer = new CompletableFuture<>();
            context.desk().quote(answer);
            assertThat(next(lines, "\"begin\"")).contains("\"inFlight\":1");
            answer.complete("1.08");

            CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
            assertThat(next(lines, "event:")).contains("bye");
            assertThat(rest(lines)).noneMatch(line -> line.contains("full"));
            closed.join();
        } finally {
            context.close();
        }
    }

    @Test
    void streamEndsWhenTheContextStopsAndIsThereAgainWhenItStarts() throws Exception {
        try (LiveApplication context =
                LiveApplication.start(this.type, "spring.lifecycle.timeout-per-shutdown-phase=10s")) {
            InputStream stream = context.stream().body();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                next(lines, "data:");
                CompletableFuture<Void> stopped = CompletableFuture.runAsync(context.context()::stop);
                assertThat(next(lines, "event:")).contains("bye");
                stopped.join();
            }
            context.context().start();

            try (InputStream again = context.stream().body()) {
                assertThat(new String(again.readNBytes(100), StandardCharsets.UTF_8))
                        .doesNotContain("bye");
            }
        }
    }

    /**
     * What comes before the connection ends, or is cut: Tomcat counts an asynchronous request out before it ends the answer,
     * and may stop in between.
     */
    private static List<String> rest(BufferedReader lines) {
        List<String> rest = new ArrayList<>();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rest.add(line);
            }
        } catch (IOException cut) {
            rest.add("cut: " + cut);
        }
        return rest;
    }

    private static String next(BufferedReader lines, String part) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(part)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }
}
