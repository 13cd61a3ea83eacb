package dev.settle.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.policy.retry.RetryEvent;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TransferTests {

    private static Desk desk;

    @BeforeAll
    static void open(@TempDir Path data) {
        desk = Desk.open(data);
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void movesMoney() {
        BigDecimal before = balance("carol");
        HttpResponse<String> response = transfer("carol", "dave", "12.50");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(balance("carol")).isEqualByComparingTo(before.subtract(new BigDecimal("12.50")));
    }

    @Test
    void losesNothingWhenTransfersCross() {
        BigDecimal before = balance("alice").add(balance("bob"));
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 60)
                .mapToObj(i -> desk.postAsync(
                        "/transfers", i % 2 == 0 ? order("alice", "bob", "3") : order("bob", "alice", "2")))
                .toList();
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode())
                        .as(call.join().body())
                        .isEqualTo(201));
        assertThat(balance("alice").add(balance("bob"))).isEqualByComparingTo(before);
        // They have waited for each other before they went to the database, so that none of them met another there.
        assertThat(desk.events().count(RetryEvent.RETRYING)).isZero();
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(transfer("bob", "alice", "1000000").statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({"alice,nobody,1", "alice,alice,1", "alice,carol,1", "alice,bob,0", "alice,bob,0.001", "alice,bob,null"})
    void saysWhatIsWrongWithATransfer(String from, String to, String amount) {
        HttpResponse<String> response = transfer(from, to, amount);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(Desk.json(response).get("detail").asString()).contains("must be");
    }

    private static HttpResponse<String> transfer(String from, String to, String amount) {
        return desk.post("/transfers", order(from, to, amount));
    }

    private static String order(String from, String to, String amount) {
        return "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%s}".formatted(from, to, amount);
    }

    private static BigDecimal balance(String id) {
        for (JsonNode account : Desk.json(desk.get("/accounts"))) {
            if (account.get("id").asString().equals(id)) {
                return account.get("balance").decimalValue();
            }
        }
        throw new IllegalArgumentException(id);
    }
}
