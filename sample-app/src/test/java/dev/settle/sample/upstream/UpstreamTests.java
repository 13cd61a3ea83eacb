package dev.settle.sample.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.settle.sample.DeskProperties;
import dev.settle.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("once")
class UpstreamTests {

    private static final Quota ENOUGH = new Quota(1000, Duration.ofSeconds(1));
    private static final Faults NONE = new Faults(0, 0, 0, Duration.ZERO);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Upstream upstream = upstream(0);

    private static Upstream upstream(int port) {
        return upstream(port, ENOUGH);
    }

    private static Upstream upstream(int port, Quota quota) {
        UpstreamProperties properties = new UpstreamProperties(port, 42, quota, NONE);
        return new Upstream(
                properties, new DeskProperties("", List.of("kestrel")), new JsonMapper(), TimeSource.system());
    }

    @AfterEach
    void stop() throws IOException {
        this.upstream.close();
    }

    @Test
    void answersARate() throws Exception {
        assertThat(ask().get().body()).startsWith("{\"rate\":1.07");
        assertThat(status().answered()).isEqualTo(1);
    }

    @Test
    void failsAndSaysWhenToComeBack() throws Exception {
        behave(new Faults(1, 0, 0, Duration.ZERO));
        HttpResponse<String> response = ask().get();
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(status().faulted()).isEqualTo(1);
    }

    @Test
    void answersNothingBeyondItsQuota() throws Exception {
        try (Upstream strict = upstream(0, new Quota(1, Duration.ofHours(1)))) {
            assertThat(ask(strict).get().statusCode()).isEqualTo(200);
            HttpResponse<String> refused = ask(strict).get();
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(3000L, 3600L);
            assertThat(strict.status().get(0).refused()).isEqualTo(1);
        }
    }

    @Test
    void resetsConnections() {
        behave(new Faults(0, 1, 0, Duration.ZERO));
        assertThatThrownBy(() -> ask().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void noticesAtOnceThatItsClientHasGone() {
        behave(new Faults(0, 0, 1, Duration.ZERO));
        CompletableFuture<HttpResponse<String>> call = ask();
        await().until(() -> status().waiting() == 1);
        assertThat(status().abandoned()).isZero();
        call.cancel(true);
        await().until(() -> status().abandoned() == 1 && status().waiting() == 0);
    }

    @Test
    void noticesThatItsClientHasGoneBeforeASlowAnswer() {
        behave(new Faults(0, 0, 0, Duration.ofMinutes(1)));
        CompletableFuture<HttpResponse<String>> call = ask();
        await().until(() -> status().waiting() == 1);
        call.cancel(true);
        await().until(() -> status().abandoned() == 1 && status().answered() == 0);
    }

    @Test
    void hasTheSameFaultsInTheSameOrderForTheSameSeed() {
        Faults faults = new Faults(0.3, 0.1, 0.1, Duration.ofMillis(50));
        assertThat(fates(faults)).isEqualTo(fates(faults));
        assertThat(fates(faults)).extracting(Fate::kind).contains(Fate.Kind.values());
    }

    private static List<Fate> fates(Faults faults) {
        Random random = new Random(42);
        return Stream.generate(() -> faults.draw(random)).limit(100).toList();
    }

    @Test
    void saysThatItsPortIsTaken() {
        int port = this.upstream.uri().getPort();
        assertThatThrownBy(() -> upstream(port))
                .isInstanceOfSatisfying(
                        PortTakenException.class,
                        ex -> assertThat(new PortTakenFailureAnalyzer()
                                        .analyze(ex, ex)
                                        .getAction())
                                .contains("--desk.upstream.port=0"));
    }

    private CompletableFuture<HttpResponse<String>> ask() {
        return ask(this.upstream);
    }

    private CompletableFuture<HttpResponse<String>> ask(Upstream asked) {
        URI uri = asked.uri().resolve("/kestrel/EUR/USD");
        return this.http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private void behave(Faults faults) {
        this.upstream.providers().get(0).behave(faults);
    }

    private ProviderStatus status() {
        return this.upstream.status().get(0);
    }
}
