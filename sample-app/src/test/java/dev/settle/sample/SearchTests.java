package dev.settle.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.policy.debounce.DebounceEvent;
import dev.settle.test.VirtualTime;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SearchTests {

    private final VirtualTime time = new VirtualTime();
    private Desk desk;

    @BeforeEach
    void open(@TempDir Path data) {
        this.desk = Desk.open(
                data,
                this.time,
                "settle.policies.search.debounce.value=300ms",
                "settle.policies.search.debounce.max-wait=1s");
    }

    @AfterEach
    void close() {
        this.desk.close();
    }

    @Test
    void searchesOnceWhenSomebodyStopsTyping() {
        CompletableFuture<HttpResponse<String>> first = type("ann", "e");
        CompletableFuture<HttpResponse<String>> second = type("ann", "eu");
        await().until(() -> this.desk.events().count(DebounceEvent.COALESCED) == 1);
        CompletableFuture<HttpResponse<String>> last = type("ann", "eur");
        await().until(() -> this.desk.events().count(DebounceEvent.COALESCED) == 2);

        this.time.advance(Duration.ofMillis(300));

        assertThat(Stream.of(first, second, last).map(CompletableFuture::join)).allSatisfy(response -> {
            JsonNode found = Desk.json(response);
            assertThat(found.get("text").asString()).isEqualTo("eur");
            assertThat(found.get("search").asLong()).isEqualTo(1);
            assertThat(found.get("hits").get(0).get("code").asString()).isEqualTo("EUR");
        });
    }

    @Test
    void doesNotMixWhatTwoPeopleType() {
        CompletableFuture<HttpResponse<String>> anns = type("ann", "yen");
        CompletableFuture<HttpResponse<String>> bobs = type("bob", "franc");
        await().until(() -> {
            this.time.advance(Duration.ofMillis(100));
            return anns.isDone() && bobs.isDone();
        });
        assertThat(Desk.json(anns.join()).get("text").asString()).isEqualTo("yen");
        assertThat(Desk.json(bobs.join()).get("text").asString()).isEqualTo("franc");
    }

    @Test
    void answersWhoeverStillTypesWhenItCloses() {
        CompletableFuture<HttpResponse<String>> search = type("ann", "krone");
        await().until(() -> this.time.pending() > 0);
        this.desk.controller().phase(0).abortAsync().join();
        assertThat(search.join().statusCode()).isEqualTo(200);
    }

    private CompletableFuture<HttpResponse<String>> type(String session, String text) {
        return this.desk.getAsync("/search?session=" + session + "&text=" + text);
    }
}
