package dev.settle.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A controller that asks for the signal works without Settle, too. */
class SwitchedOffTests {

    @RestController
    static class Desk {

        @GetMapping("/signal")
        String signal(AbortSignal signal) {
            return "aborted: " + signal.aborted();
        }
    }

    private static void assertThatItAnswers(ApplicationContextAssertProvider<?> context) throws Exception {
        try (SocketClient client = SocketClient.connect(Servers.port(context)).get("/signal")) {
            assertThat(client.answer()).isEqualTo("200 aborted: false");
        }
    }

    @Test
    void controllersOfSpringMvcGetASignal() {
        Servers.tomcat()
                .withBean(Desk.class)
                .withPropertyValues("settle.enabled=false")
                .run(SwitchedOffTests::assertThatItAnswers);
    }

    @Test
    void controllersOfWebFluxGetASignal() {
        Servers.netty()
                .withBean(Desk.class)
                .withPropertyValues("settle.enabled=false")
                .run(SwitchedOffTests::assertThatItAnswers);
    }
}
