package dev.settle.docs;

import dev.settle.CallRejectedException;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.core.CallListener;
import dev.settle.core.Policy;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.policy.throttle.ThrottlePolicy;
import dev.settle.policy.timeout.TimeoutPolicy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The code of docs/composition.md, and of the README. */
class CompositionExamples {

    static class Rates {

        private final HttpClient http = HttpClient.newHttpClient();

        @Retry
        @Timeout("800ms")
        @Timeout(value = "3s", scope = Timeout.Scope.TOTAL)
        @Throttle(limit = 100, window = "1m")
        @Bulkhead(10)
        public CompletableFuture<HttpResponse<String>> rate(HttpRequest request) {
            return this.http.sendAsync(request, BodyHandlers.ofString());
        }
    }

    static class Payments {

        private final Client client;

        Payments(Client client) {
            this.client = client;
        }

        @Timeout(value = "10s", scope = Timeout.Scope.TOTAL)
        @Retry(delay = "1s", jitter = Retry.Jitter.NONE)
        @Throttle(limit = 2, window = "1s")
        @Timeout("2s")
        @Exclusive(key = "#account")
        @Bulkhead(1)
        public CompletableFuture<String> pay(String account) {
            return this.client.send("pay " + account);
        }
    }

    static class Quota {

        private final Client client;

        Quota(Client client) {
            this.client = client;
        }

        @Throttle(limit = 2, window = "1s")
        @Timeout("2s")
        public CompletableFuture<String> send(String account) {
            return this.client.send("pay " + account);
        }
    }

    static class PatientPayments {

        private final Quota quota;

        PatientPayments(Quota quota) {
            this.quota = quota;
        }

        @Timeout(value = "10s", scope = Timeout.Scope.TOTAL)
        @Retry
        @Bulkhead(1)
        public CompletableFuture<String> pay(String account) {
            return this.quota.send(account);
        }
    }

    static CompletableFuture<String> plain(Client client) {
        Policy rules = RetryPolicy.times(3)
                .build()
                .around(AsyncSemaphore.of(10))
                .around(ThrottlePolicy.sliding(20, Duration.ofSeconds(1)).build())
                .around(TimeoutPolicy.of(Duration.ofSeconds(2)));

        return rules.call(() -> client.send("hello"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Refusals {

        private final Queue<String> seen = new ConcurrentLinkedQueue<>();

        @Bean
        CallListener refusals() {
            return event -> {
                if (event.detail() instanceof CallRejectedException refused) {
                    this.seen.add(refused.policy() + " of " + event.name() + ": " + refused.reason());
                }
            };
        }

        Queue<String> seen() {
            return this.seen;
        }
    }
}
