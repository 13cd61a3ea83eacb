package dev.settle.docs;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Retry;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.policy.timeout.TimeoutPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The code of docs/retry.md. */
class RetryExamples {

    static class Prices {

        private final HttpClient http = HttpClient.newHttpClient();
        private final URI shop;

        Prices(URI shop) {
            this.shop = shop;
        }

        @Retry(maxRetries = 5, delay = "100ms", maxDuration = "3s", retryAfter = ServersWish.class)
        public CompletableFuture<String> price(String id) {
            HttpRequest request =
                    HttpRequest.newBuilder(this.shop.resolve("/prices/" + id)).build();
            return this.http.sendAsync(request, BodyHandlers.ofString()).thenApply(Prices::body);
        }

        private static String body(HttpResponse<String> response) {
            if (response.statusCode() >= 500) {
                throw new ServerBusy(
                        response.headers().firstValueAsLong("Retry-After").orElse(0));
            }
            return response.body();
        }
    }

    static final class ServerBusy extends RuntimeException {

        private final long seconds;

        ServerBusy(long seconds) {
            this.seconds = seconds;
        }
    }

    static final class ServersWish implements Function<Throwable, @Nullable Duration> {

        @Override
        public @Nullable Duration apply(Throwable failure) {
            return (failure instanceof ServerBusy busy && busy.seconds > 0) ? Duration.ofSeconds(busy.seconds) : null;
        }
    }

    static class Reports {

        @Retry(includes = IOException.class, budget = "reports")
        public String render(String name) throws IOException {
            return load(name);
        }

        String load(String name) throws IOException {
            return name;
        }
    }

    interface Api {
        CompletableFuture<String> fetch(AbortSignal signal);
    }

    static CompletableFuture<String> plain(Api api) {
        var rules = RetryPolicy.times(3)
                .delay(Duration.ofMillis(100), Duration.ofSeconds(2))
                .within(Duration.ofSeconds(5))
                .build()
                .around(TimeoutPolicy.of(Duration.ofSeconds(1)));

        return rules.call(() -> api.fetch(AbortSignal.current()));
    }
}
