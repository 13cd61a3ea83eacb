package dev.settle.sample.rates;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.Aborts;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.sample.upstream.Upstream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Asks one provider for one rate, over HTTP, as often as its quota allows. */
@Component
class RateApi {

    static {
        // The JDK's client asks again by itself when a connection is reset, behind the back of the quota. One attempt.
        System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI upstream;
    private final JsonMapper json;

    RateApi(Upstream upstream, JsonMapper json) {
        this.upstream = upstream.uri();
        this.json = json;
    }

    /**
     * The rate of a provider. To cancel the future is to close the connection.
     *
     * @param signal what else may end the call
     */
    @Throttle(name = "provider", limit = 20, key = "#provider")
    @Timeout("700ms")
    public CompletableFuture<Rate> rate(String provider, String from, String to, AbortSignal signal) {
        URI uri = this.upstream.resolve("/" + provider + "/" + from + "/" + to);
        CompletableFuture<HttpResponse<String>> exchange =
                this.http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        // Settle cancels the future that we return, and a dependent future does not pass that on to its source.
        Aborts.cancelling(signal, exchange);
        return exchange.thenApply(response -> read(provider, response));
    }

    private Rate read(String provider, HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new ProviderException(provider, response.statusCode(), retryAfter(response));
        }
        return new Rate(
                provider, this.json.readTree(response.body()).required("rate").decimalValue());
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }
}
