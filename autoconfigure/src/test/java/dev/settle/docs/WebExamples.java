package dev.settle.docs;

import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Timeout;
import dev.settle.web.CallProblems;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** The code of docs/web.md. */
class WebExamples {

    interface Prices {
        CompletableFuture<String> price(String item);
    }

    @RestController
    static class PriceController {

        private final Prices prices;

        PriceController(Prices prices) {
            this.prices = prices;
        }

        @GetMapping("/prices/{item}")
        CompletableFuture<String> price(@PathVariable String item) {
            return this.prices.price(item);
        }
    }

    @RestController
    static class ReportController {

        @GetMapping("/report")
        CompletableFuture<Long> report(AbortSignal signal) {
            return CompletableFuture.supplyAsync(() -> {
                long sum = 0;
                for (int row = 0; row < 1_000_000; row++) {
                    signal.throwIfAborted();
                    sum += row;
                }
                return sum;
            });
        }
    }

    @Component
    static class Problems extends CallProblems {

        Problems() {
            super(Duration.ofSeconds(10));
        }

        @Override
        protected ResponseEntity<ProblemDetail> timedOut(CallTimeoutException ex) {
            ProblemDetail problem = super.timedOut(ex).getBody();
            problem.setDetail("Please try later");
            return ResponseEntity.of(problem).build();
        }
    }

    static class Stock {

        private final RestClient client;

        Stock(RestClient.Builder builder) {
            this.client = builder.baseUrl("https://stock.example").build();
        }

        @Timeout("2s")
        public String stock(String item) {
            return this.client.get().uri("/stock/{item}", item).retrieve().body(String.class);
        }
    }
}
