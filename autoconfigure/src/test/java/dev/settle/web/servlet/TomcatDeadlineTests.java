package dev.settle.web.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Retry;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import dev.settle.web.Parking;
import dev.settle.web.Servers;
import dev.settle.web.SocketClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Requests to a real Tomcat that say how long their client waits. */
class TomcatDeadlineTests {

    private final VirtualTime time = new VirtualTime();
    private final Parking parking = new Parking();
    private final WebApplicationContextRunner app = Servers.tomcat()
            .withPropertyValues("settle.web.tomcat.probe-interval=0")
            .withBean(TimeSource.class, () -> this.time)
            .withBean(Parking.class, () -> this.parking)
            .withBean(Shop.class)
            .withBean(Desk.class);
    private final WebApplicationContextRunner accepting =
            this.app.withPropertyValues("settle.web.deadline.accept=true");

    static class Shop {

        private final Parking parking;

        Shop(Parking parking) {
            this.parking = parking;
        }

        @Retry
        public CompletableFuture<String> ask() {
            return this.parking.pend(AbortSignal.current());
        }
    }

    @RestController
    static class Desk {

        private final Shop shop;

        Desk(Shop shop) {
            this.shop = shop;
        }

        @GetMapping("/ask")
        CompletableFuture<String> ask() {
            return this.shop.ask();
        }
    }

    private static String request(String left) {
        return "GET /ask HTTP/1.1\r\nHost: localhost\r\nX-Request-Timeout-Ms: " + left + "\r\n\r\n";
    }

    @Test
    void callFailsWhenTheClientWaitsNoLonger() {
        this.accepting.run(context -> {
            try (SocketClient client =
                    SocketClient.connect(Servers.port(context)).send(request("1500"))) {
                Parking.Parked call = this.parking.next();
                assertThat(call.signal().remaining()).contains(Duration.ofMillis(1500));

                this.time.advance(Duration.ofMillis(1500));

                assertThat(client.answer()).startsWith("504 ").contains("exceeded its limit of 1500 ms");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "soon", "99999999999999999999999999", ""})
    void valueThatMakesNoSenseHarmsNobody(String value) {
        this.accepting.run(context -> {
            try (SocketClient client =
                    SocketClient.connect(Servers.port(context)).send(request(value))) {
                Parking.Parked call = this.parking.next();

                assertThat(call.signal().remaining()).isEmpty();
                call.answer().complete("served");
                assertThat(client.answer()).isEqualTo("200 served");
            }
        });
    }

    @Test
    void headerIsNotBelievedUnlessTheApplicationWantsThat() {
        this.app.run(context -> {
            try (SocketClient client =
                    SocketClient.connect(Servers.port(context)).send(request("1500"))) {
                Parking.Parked call = this.parking.next();

                assertThat(call.signal().remaining()).isEmpty();
                call.answer().complete("served");
                assertThat(client.answer()).isEqualTo("200 served");
            }
        });
    }
}
