package dev.settle.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Tag("once")
class RepeatedOrderTests {

    private final String key = UUID.randomUUID().toString();

    @TempDir
    Path data;

    @Test
    void givesTheSameQuoteForTheSameKey() throws Exception {
        try (Desk desk = Desk.open(this.data)) {
            HttpResponse<String> first = desk.orderAsync(this.key, Desk.ORDER).join();
            HttpResponse<String> second = desk.orderAsync(this.key, Desk.ORDER).join();
            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            assertThat(second.statusCode()).as(second.body()).isEqualTo(201);
            assertThat(Desk.json(second)).isEqualTo(Desk.json(first));
        }
        assertThat(outbox()).containsExactly(this.key);
    }

    @Test
    void givesTheSameQuoteToOrdersOfOneKeyAtTheSameTime() throws Exception {
        try (Desk desk = Desk.open(this.data)) {
            desk.providers("latency=100ms");
            List<CompletableFuture<HttpResponse<String>>> orders = Stream.generate(
                            () -> desk.orderAsync(this.key, Desk.ORDER))
                    .limit(5)
                    .toList();
            assertThat(orders)
                    .allSatisfy(order -> assertThat(order.join().statusCode()).isEqualTo(201))
                    .extracting(order -> Desk.json(order.join()))
                    .containsOnly(Desk.json(orders.get(0).join()));
        }
        assertThat(outbox()).containsExactly(this.key);
    }

    @Test
    void refusesTheKeyOfAnotherOrder() {
        try (Desk desk = Desk.open(this.data)) {
            desk.orderAsync(this.key, Desk.ORDER).join();
            HttpResponse<String> other =
                    desk.orderAsync(this.key, Desk.ORDER.replace("100", "101")).join();
            assertThat(other.statusCode()).isEqualTo(422);
            assertThat(Desk.json(other).get("detail").asString()).contains("another order");
            assertThat(desk.orderAsync("mine", Desk.ORDER).join().statusCode()).isEqualTo(400);
        }
    }

    @Test
    void writesAtItsNextStartWhatTheOutboxLacks() throws Exception {
        try (Desk desk = Desk.open(this.data)) {
            for (int i = 0; i < 3; i++) {
                desk.post("/quotes", Desk.ORDER);
            }
        }
        List<String> quotes = outbox();
        assertThat(quotes).hasSize(3).doesNotHaveDuplicates();
        // As if it had been killed within the second line.
        String text = Files.readString(file());
        Files.writeString(file(), text.substring(0, text.indexOf('\n') + 20));

        Desk.open(this.data).close();

        assertThat(outbox()).containsExactlyInAnyOrderElementsOf(quotes);
    }

    private List<String> outbox() throws Exception {
        JsonMapper json = new JsonMapper();
        return Files.readAllLines(file()).stream()
                .map(line -> json.readTree(line).get("id").asString())
                .toList();
    }

    private Path file() {
        return this.data.resolve("outbox.jsonl");
    }
}
