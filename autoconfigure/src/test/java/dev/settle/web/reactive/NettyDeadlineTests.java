package dev.settle.web.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Retry;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import dev.settle.web.Parking;
import dev.settle.web.Servers;
import dev.settle.web.SocketClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Requests to a real Netty that say how long their client waits. */
class NettyDeadlineTests {

    private static final String REQUEST = "GET /ask HTTP/1.1\r\nHost: localhost\r\nX-Request-Timeout-Ms: 1500\r\n\r\n";

    private final VirtualTime time = new VirtualTime();
    private final Parking parking = new Parking();
    private final ReactiveWebApplicationContextRunner app = Servers.netty()
            .withBean(TimeSource.class, () -> this.time)
            .withBean(Parking.class, () -> this.parking)
            .withBean(Shop.class)
            .withBean(Desk.class);

    static class Shop {

        private final Parking parking;

        Shop(Parking parking) {
            this.parking = parking;
        }

        @Retry
        public Mono<String> ask() {
            return Mono.fromFuture(this.parking.pend(AbortSignal.current()));
        }
    }

    @RestController
    static class Desk {

        private final Shop shop;

        Desk(Shop shop) {
            this.shop = shop;
        }

        @GetMapping("/ask")
        Mono<String> ask() {
            return this.shop.ask();
        }
    }

    @Test
    void callFailsWhenTheClientWaitsNoLonger() {
        this.app.withPropertyValues("settle.web.deadline.accept=true").run(context -> {
            try (SocketClient client =
                    SocketClient.connect(Servers.port(context)).send(REQUEST)) {
                Parking.Parked call = this.parking.next();
                assertThat(call.signal().remaining()).contains(Duration.ofMillis(1500));

                this.time.advance(Duration.ofMillis(1500));

                assertThat(client.answer()).startsWith("504 ").contains("exceeded its limit of 1500 ms");
            }
        });
    }

    @Test
    void headerIsNotBelievedUnlessTheApplicationWantsThat() {
        this.app.run(context -> {
            try (SocketClient client =
                    SocketClient.connect(Servers.port(context)).send(REQUEST)) {
                Parking.Parked call = this.parking.next();

                assertThat(call.signal().remaining()).isEmpty();
                call.answer().complete("served");
                assertThat(client.answer()).isEqualTo("200 served");
            }
        });
    }
}
