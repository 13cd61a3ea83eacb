package dev.settle.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.test.VirtualTime;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitTests {

    private final VirtualTime time = new VirtualTime();

    @TempDir
    Path data;

    @Test
    void asksNoProviderMoreOftenThanItsQuotaAllows() {
        // With two providers, every order needs both answers, and no question is cancelled.
        try (Desk desk = Desk.open(
                this.data,
                this.time,
                "desk.providers=kestrel,merlin",
                "settle.policies.provider.throttle.window=500ms",
                "desk.upstream.quota.window=500ms")) {
            List<CompletableFuture<HttpResponse<String>>> orders = order(desk, 40);
            await().until(() -> desk.events().waited("throttle") == 20 && desk.seen("answered") == 40);
            assertThat(desk.seen("kestrel", "requests")).isEqualTo(20);
            assertThat(desk.seen("merlin", "requests")).isEqualTo(20);

            this.time.advance(Duration.ofMillis(500));

            assertThat(orders)
                    .allSatisfy(order -> assertThat(order.join().statusCode())
                            .as(order.join().body())
                            .isEqualTo(201));
            assertThat(desk.seen("answered")).isEqualTo(80);
            assertThat(desk.seen("refused")).isZero();
        }
    }

    @Test
    void sendsNoProviderMoreThanTenRequestsAtOnce() {
        try (Desk desk = Desk.open(this.data, this.time, "desk.upstream.faults.hangs=1")) {
            List<CompletableFuture<HttpResponse<String>>> orders = order(desk, 15);
            await().until(() -> desk.events().waited("bulkhead") == 15 && desk.seen("waiting") == 30);
            assertThat(Stream.of("kestrel", "merlin", "osprey"))
                    .allSatisfy(provider ->
                            assertThat(desk.seen(provider, "requests")).isEqualTo(10));

            this.time.advance(Duration.ofSeconds(3));

            assertThat(orders)
                    .allSatisfy(order -> assertThat(order.join().statusCode()).isEqualTo(504));
            await().until(() -> desk.seen("waiting") == 0);
        }
    }

    private static List<CompletableFuture<HttpResponse<String>>> order(Desk desk, int times) {
        return Stream.generate(() -> desk.postAsync("/quotes", Desk.ORDER))
                .limit(times)
                .toList();
    }
}
