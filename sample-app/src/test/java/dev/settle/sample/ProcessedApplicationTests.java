package dev.settle.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar in a JVM of its own, as it was prepared ahead of time; Maven runs this when the jar is there. */
@Tag("jar")
class ProcessedApplicationTests {

    private static final Pattern OPEN = Pattern.compile("The desk is open: (http://localhost:\\d+)");
    private static final Duration SLOW_START = Duration.ofSeconds(90);

    @TempDir
    Path data;

    private Path log;
    private Process desk;

    @BeforeEach
    void start() throws IOException {
        this.log = this.data.resolve("desk.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dspring.aot.enabled=true",
                "-jar",
                System.getProperty("sample.jar")));
        command.addAll(List.of(Desk.arguments(this.data, "desk.outbox-interval=1h")));
        this.desk = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(this.log.toFile())
                .start();
    }

    @AfterEach
    void stop() {
        this.desk.destroyForcibly().onExit().join();
    }

    @Test
    void answersAndShutsDownInOrder() throws Exception {
        URI desk = address();
        HttpResponse<String> quote = order(desk);
        assertThat(quote.statusCode()).as(quote.body()).isEqualTo(201);
        // From a jar in a jar.
        for (String path : List.of("/", "/actuator/settleui", "/actuator/settleui/main.js")) {
            assertThat(send(HttpRequest.newBuilder(desk.resolve(path))).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }

        this.desk.destroy();

        assertThat(this.desk.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(logged())
                .contains("Starting AOT-processed SampleApplication")
                .contains("outbox.close (flushed 1 quotes", "database.close (closed with 1 quotes")
                .contains("all 5 cleanups ended well");
    }

    private URI address() {
        return URI.create(await().atMost(SLOW_START)
                .failFast(() -> assertThat(this.desk.isAlive()).as(logged()).isTrue())
                .until(() -> OPEN.matcher(logged()), Matcher::find)
                .group(1));
    }

    private static HttpResponse<String> order(URI desk) throws Exception {
        return send(HttpRequest.newBuilder(desk.resolve("/quotes"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Desk.ORDER)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    private String logged() throws IOException {
        return Files.readString(this.log);
    }
}
