package dev.settle.web.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Timeout;
import dev.settle.web.OwnStatus;
import dev.settle.web.Servers;
import dev.settle.web.SocketClient;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What clients of a real Netty are told. */
class NettyProblemTests {

    private final ReactiveWebApplicationContextRunner app =
            Servers.netty().withBean("shop", Shop.class).withBean(Desk.class);

    static class Shop {

        @Timeout("10ms")
        public Mono<String> single() {
            return Mono.never();
        }

        @Timeout("10ms")
        public Flux<String> stream() {
            return Flux.never();
        }

        @Timeout("10ms")
        public CompletableFuture<String> future() {
            return new CompletableFuture<>();
        }
    }

    @RestController
    static class Desk {

        private final Shop shop;

        Desk(Shop shop) {
            this.shop = shop;
        }

        @GetMapping("/single")
        Mono<String> single() {
            return this.shop.single();
        }

        @GetMapping("/stream")
        Mono<Long> stream() {
            return this.shop.stream().count();
        }

        @GetMapping("/future")
        CompletableFuture<String> future() {
            return this.shop.future();
        }
    }

    private static String answer(ReactiveWebApplicationContextRunner app, String path) {
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
    @ValueSource(strings = {"/single", "/stream", "/future"})
    void timeoutOfACallIsAGatewayTimeout(String path) {
        assertThat(answer(this.app, path)).startsWith("504 {").contains("urn:problem-type:settle:timeout");
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
        assertThat(answer(this.app.withBean(Own.class), "/single")).isEqualTo("418 own");
    }

    @Test
    void adviceCanBeSwitchedOff() {
        assertThat(answer(this.app.withPropertyValues("settle.web.problem-details=false"), "/single"))
                .startsWith("500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/as-exception", "/annotated"})
    void exceptionThatSaysItsStatusIsAnsweredWithThat(String path) {
        assertThat(answer(this.app.withBean(OwnStatus.class), path)).startsWith("502");
    }

    @Test
    void causeIsAnsweredForAnExceptionThatSaysNone() {
        assertThat(answer(this.app.withBean(OwnStatus.class), "/wrapped")).startsWith("429");
    }
}
