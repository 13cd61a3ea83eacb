package dev.settle.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortReport.Outcome;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ClosingTests {

    private static final int ENOUGH = 200;

    @TempDir
    Path data;

    @Test
    void losesNoAcceptedQuoteWhenItClosesUnderLoad() throws Exception {
        // Only the flush at the end may write the outbox.
        Desk desk = Desk.open(this.data, "desk.outbox-interval=1h");
        desk.providers("failures=0.1&resets=0.05&hangs=0.05&latency=10ms");
        Queue<String> accepted = new ConcurrentLinkedQueue<>();
        CountDownLatch enough = new CountDownLatch(ENOUGH);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            clients.add(new Thread(() -> order(desk, accepted, enough), "client-" + i));
        }
        clients.forEach(Thread::start);
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();

        desk.close();
        for (Thread client : clients) {
            client.join(10_000);
            assertThat(client.isAlive()).isFalse();
        }

        assertThat(accepted).hasSizeGreaterThanOrEqualTo(ENOUGH).doesNotHaveDuplicates();
        List<String> stored = stored();
        assertThat(stored).containsAll(accepted);
        assertThat(outbox()).containsExactlyInAnyOrderElementsOf(stored);
        assertThat(desk.controller().report().orThrow().pending()).isEmpty();
    }

    /** Orders until nobody answers any more. */
    private static void order(Desk desk, Queue<String> accepted, CountDownLatch enough) {
        try {
            while (true) {
                HttpResponse<String> response = desk.post("/quotes", Desk.ORDER);
                if (response.statusCode() == 201) {
                    accepted.add(Desk.json(response).get("id").asString());
                    enough.countDown();
                }
            }
        } catch (RuntimeException ex) {
            // The desk is closed.
        }
    }

    @Test
    void closesInOrderAndRemembersItsRates() {
        Desk desk = Desk.open(this.data, "desk.outbox-interval=1h");
        desk.post("/quotes", Desk.ORDER);
        String rates = desk.get("/rates").body();
        desk.close();
        AbortReport report = desk.controller().report().orThrow();
        assertThat(report.entries())
                .extracting(AbortReport.Entry::name)
                .containsSubsequence("intake.close", "outbox.close", "rate cache", "database.close", "upstream.stop");
        assertThat(report.entries())
                .extracting(AbortReport.Entry::detail)
                .contains("closed after 1 orders", "flushed 1 quotes", "saved 1 rates", "closed with 1 quotes");
        assertThat(report.counts()).containsOnlyKeys(Outcome.COMPLETED);

        try (Desk again = Desk.open(this.data)) {
            assertThat(again.get("/rates").body()).isEqualTo(rates);
        }
    }

    @Test
    void answersAnOrderThatCannotBeFinishedBeforeItCloses() {
        Desk desk = Desk.open(
                this.data,
                "spring.lifecycle.timeout-per-shutdown-phase=1s",
                "settle.policies.provider.timeout.value=1m",
                "settle.policies.rates.timeout.total=1m");
        desk.providers("hangs=1");
        CompletableFuture<HttpResponse<String>> order = desk.postAsync("/quotes", Desk.ORDER);
        await().until(() -> desk.seen("waiting") == 3);
        desk.close();
        assertThat(order.join().statusCode()).isEqualTo(503);
        assertThat(order.join().headers().firstValue("Retry-After")).hasValue("5");
    }

    private List<String> stored() throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + this.data + "/desk", "sa", "");
                ResultSet rows = connection.createStatement().executeQuery("select id from quote")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private List<String> outbox() throws IOException {
        JsonMapper json = new JsonMapper();
        return Files.readAllLines(this.data.resolve("outbox.jsonl")).stream()
                .map(line -> json.readTree(line).get("id").asString())
                .toList();
    }
}
