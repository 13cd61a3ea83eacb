package dev.settle.docs;

import dev.settle.CallRejectedException;
import dev.settle.annotation.Throttle;
import dev.settle.policy.throttle.ThrottlePolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The code of docs/throttle.md. */
class ThrottleExamples {

    static class Maps {

        private final Client client;

        Maps(Client client) {
            this.client = client;
        }

        @Throttle(limit = 100, window = "1m", maxWait = "5s", key = "#account")
        public CompletableFuture<String> route(String account, String from, String to) {
            return this.client.send(account + ": " + from + " to " + to);
        }

        @Throttle(limit = 10, type = Throttle.Type.SMOOTH, burst = 3)
        public CompletableFuture<String> tile(int x, int y) {
            return this.client.send("tile " + x + "/" + y);
        }

        @Throttle(limit = 3, window = "10m", key = "#phone", excess = Throttle.Excess.REJECT)
        public CompletableFuture<String> textCode(String phone) {
            return this.client.send("code for " + phone);
        }

        @Throttle(window = "5s", excess = Throttle.Excess.SHARE)
        public CompletableFuture<String> traffic() {
            return this.client.send("traffic");
        }
    }

    static class Importer {

        private final Client client;
        private final ThrottlePolicy quota =
                ThrottlePolicy.sliding(100, Duration.ofMinutes(1)).build();
        private final ThrottlePolicy pace =
                ThrottlePolicy.smooth(10, Duration.ofSeconds(1), 3).build();

        Importer(Client client) {
            this.client = client;
        }

        CompletableFuture<String> load(String row) {
            return this.quota.around(this.pace).call(() -> this.client.send(row));
        }
    }

    @RestControllerAdvice
    static class Problems {

        @ExceptionHandler
        ResponseEntity<Void> refused(CallRejectedException refused) {
            long seconds = refused.retryAfter().orElse(Duration.ofSeconds(5)).toSeconds();
            return ResponseEntity.status(refused.reason() == CallRejectedException.Reason.RATE ? 429 : 503)
                    .header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds)))
                    .build();
        }
    }
}
