package dev.settle.web.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Timeout;
import dev.settle.web.CallProblems;
import dev.settle.web.OwnStatus;
import dev.settle.web.Servers;
import dev.settle.web.SocketClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.DeferredResult;

/** What clients of a real Tomcat are told. */
class TomcatProblemTests {

    private static final String BUSY =
            "503 {\"detail\":\"'shop.full' was refused by bulkhead (WAIT_EXCEEDED)\",\"instance\":\"/full\","
                    + "\"status\":503,\"title\":\"Busy\",\"type\":\"urn:problem-type:settle:rejected\"}";

    private final WebApplicationContextRunner app =
            Servers.tomcat().withBean("shop", Shop.class).withBean(Desk.class);

    static class Shop {

        private final CompletableFuture<String> never = new CompletableFuture<>();

        @Timeout("10ms")
        public CompletableFuture<String> slow() {
            return new CompletableFuture<>();
        }

        @Timeout("10ms")
        public String blocking() throws InterruptedException {
            new CountDownLatch(1).await();
            return "never";
        }

        @Bulkhead(value = 1, maxWait = "0")
        public CompletableFuture<String> full() {
            return this.never;
        }
    }

    @RestController
    static class Desk {

        private final Shop shop;

        Desk(Shop shop) {
            this.shop = shop;
        }

        @GetMapping("/future")
        CompletableFuture<String> future() {
            return this.shop.slow();
        }

        @GetMapping("/dependent")
        CompletableFuture<String> dependent() {
            return this.shop.slow().thenApply(String::strip);
        }

        @GetMapping("/deferred")
        DeferredResult<String> deferred() {
            DeferredResult<String> result = new DeferredResult<>();
            this.shop.slow().whenComplete((value, failure) -> result.setErrorResult(new CompletionException(failure)));
            return result;
        }

        @GetMapping("/value")
        String value() throws InterruptedException {
            return this.shop.blocking();
        }

        @GetMapping("/full")
        CompletableFuture<String> full() {
            CompletableFuture<String> permitted = this.shop.full();
            CompletableFuture<String> refused = this.shop.full();
            permitted.cancel(true);
            return refused;
        }
    }

    private static String answer(WebApplicationContextRunner app, String path) {
        String[] answer = new String[1];
        app.run(context -> {
            try (SocketClient client =
                    SocketClient.connect(Servers.port(context)).get(path)) {
                answer[0] = client.answer();
            }
        });
        return answer[0];
    }

    @ParameterizedTest
    @ValueSource(strings = {"/future", "/dependent", "/deferred", "/value"})
    void timeoutOfACallIsAGatewayTimeout(String path) {
        assertThat(answer(this.app, path)).startsWith("504 {").contains("urn:problem-type:settle:timeout");
    }

    @Test
    void problemSaysWhatWasRefusedByWhat() {
        assertThat(answer(this.app, "/full")).isEqualTo(BUSY);
    }

    @Test
    void requestIsNewWorkThatAnApplicationRefusesWhileItDrains() {
        this.app.run(context -> {
            context.getBean(AsyncAbortController.class).drainAsync();

            try (SocketClient client =
                    SocketClient.connect(Servers.port(context)).get("/future")) {
                assertThat(client.answer()).startsWith("503 {").contains("urn:problem-type:settle:shutdown");
            }
        });
    }

    @RestControllerAdvice
    static class Own {

        @ExceptionHandler
        ResponseEntity<String> failed(RuntimeException ex) {
            return ResponseEntity.status(418).body("own");
        }
    }

    @Test
    void handlersOfTheApplicationComeFirst() {
        assertThat(answer(this.app.withBean(Own.class), "/future")).isEqualTo("418 own");
    }

    static class Polite extends CallProblems {

        Polite() {
            super(Duration.ofSeconds(1));
        }

        @Override
        protected ResponseEntity<ProblemDetail> timedOut(CallTimeoutException ex) {
            return ResponseEntity.of(
                            ProblemDetail.forStatusAndDetail(super.timedOut(ex).getStatusCode(), "Sorry"))
                    .build();
        }
    }

    @Test
    void adviceCanBeReplaced() {
        assertThat(answer(this.app.withBean(Polite.class), "/future"))
                .contains("504")
                .contains("Sorry");
    }

    @Test
    void adviceCanBeSwitchedOff() {
        assertThat(answer(this.app.withPropertyValues("settle.web.problem-details=false"), "/future"))
                .startsWith("500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/as-exception", "/annotated", "/annotated-inside"})
    void exceptionThatSaysItsStatusIsAnsweredWithThat(String path) {
        assertThat(answer(this.app.withBean(OwnStatus.class), path)).startsWith("502");
    }

    @Test
    void causeIsAnsweredForAnExceptionThatSaysNone() {
        assertThat(answer(this.app.withBean(OwnStatus.class), "/wrapped")).startsWith("429");
    }
}
