package dev.settle.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The button of the page that shuts the desk down. */
@Tag("once")
class ClosingButtonTests {

    @TempDir
    Path data;

    @Test
    void answersClosesInOrderAndLeavesItsReport() throws IOException {
        Desk desk = Desk.open(this.data, "desk.outbox-interval=1h");
        desk.post("/quotes", Desk.ORDER);

        HttpResponse<String> response = desk.post("/shutdown", "{}");

        assertThat(response.statusCode()).isEqualTo(202);
        await().until(desk::isClosed);
        JsonNode report = new JsonMapper().readTree(Files.readString(this.data.resolve("shutdown.json")));
        assertThat(report.get("application").asString()).isEqualTo("desk");
        assertThat(report.get("settled").asBoolean()).isTrue();
        assertThat(report.get("entries")
                        .valueStream()
                        .map(entry -> entry.get("name").asString()))
                .containsSubsequence("intake.close", "outbox.close", "rate cache", "database.close", "upstream.stop");
        assertThat(report.get("entries")
                        .valueStream()
                        .map(entry -> entry.path("detail").asString()))
                .contains("flushed 1 quotes");
    }

    @Test
    void cannotBePressedByAPageOfAnotherSite() {
        try (Desk desk = Desk.open(this.data)) {
            HttpResponse<String> response = desk.postForm("/shutdown", "sure=yes");

            assertThat(response.statusCode()).isEqualTo(415);
            assertThat(desk.get("/accounts").statusCode()).isEqualTo(200);
        }
    }
}
