package dev.settle.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import dev.settle.web.Parking;
import dev.settle.web.Servers;
import dev.settle.web.SocketClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the probe must not break. Each time that the virtual clock moves on, it has looked once at every waiting request. */
class DisconnectProbeTests {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final Parking parking = new Parking();
    private final WebApplicationContextRunner app = Servers.tomcat()
            .withPropertyValues("settle.web.tomcat.probe-interval=1s")
            .withBean(TimeSource.class, () -> this.time)
            .withBean(Parking.class, () -> this.parking)
            .withBean(Desk.class);

    @RestController
    static class Desk {

        private final Parking parking;

        Desk(Parking parking) {
            this.parking = parking;
        }

        @GetMapping("/wait")
        CompletableFuture<String> waiting() {
            return this.parking.park();
        }

        @PostMapping("/wait")
        CompletableFuture<String> waiting(@RequestBody String body) {
            return this.parking.park().thenApply(body::concat);
        }

        @PostMapping("/read-later")
        CompletableFuture<String> readLater(InputStream body) {
            return this.parking.park().thenApply(answer -> answer + read(body));
        }

        private static String read(InputStream body) {
            try {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private static SocketClient client(AssertableWebApplicationContext context) throws Exception {
        return SocketClient.connect(Servers.port(context));
    }

    /** Lets the probe look, as soon as it is about to. */
    private void look() {
        await().atMost(Duration.ofSeconds(30)).until(() -> this.time.pending() > 0);
        this.time.advance(INTERVAL);
    }

    @Test
    void clientThatWaitsIsLeftAlone() {
        this.app.run(context -> {
            try (SocketClient client = client(context).get("/wait")) {
                Parking.Parked request = this.parking.next();
                look();
                look();

                assertThat(request.signal().aborted()).isFalse();
                request.answer().complete("served");
                assertThat(client.answer()).isEqualTo("200 served");
            }
        });
    }

    @Test
    void requestThatWasSentAheadIsServedNext() {
        this.app.run(context -> {
            try (SocketClient client = client(context).get("/wait")) {
                Parking.Parked first = this.parking.next();
                client.post("/wait", "second ").get("/wait");
                look();
                look();

                first.answer().complete("first");
                assertThat(client.answer()).isEqualTo("200 first");
                Parking.Parked second = this.parking.next();
                look();
                second.answer().complete("served");
                assertThat(client.answer()).isEqualTo("200 second served");
                this.parking.next().answer().complete("third");
                assertThat(client.answer()).isEqualTo("200 third");
            }
        });
    }

    @Test
    void requestThatWasSentInPiecesIsServedNext() {
        this.app.run(context -> {
            try (SocketClient client = client(context).get("/wait")) {
                Parking.Parked first = this.parking.next();
                client.send("GET /wait HT");
                look();
                client.send("TP/1.1\r\nHo");
                look();
                first.answer().complete("first");
                assertThat(client.answer()).isEqualTo("200 first");
                client.send("st: localhost\r\n\r\n");

                this.parking.next().answer().complete("second");
                assertThat(client.answer()).isEqualTo("200 second");
            }
        });
    }

    @Test
    void connectionIsKeptForManyRequests() {
        this.app.run(context -> {
            try (SocketClient client = client(context)) {
                for (int i = 0; i < 20; i++) {
                    client.get("/wait");
                    Parking.Parked request = this.parking.next();
                    look();
                    request.answer().complete("request " + i);
                    assertThat(client.answer()).isEqualTo("200 request " + i);
                }
            }
        });
    }

    @Test
    void bodyThatIsReadWhileTheRequestWaitsIsNotTouched() {
        this.app.run(context -> {
            try (SocketClient client = client(context)
                    .send("POST /read-later HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n01234")) {
                Parking.Parked request = this.parking.next();
                look();
                client.send("56789");
                look();

                request.answer().complete("body ");

                assertThat(client.answer()).isEqualTo("200 body 0123456789");
            }
        });
    }

    @Test
    void clientsAreToldApart() {
        this.app.run(context -> {
            try (SocketClient staying = client(context).get("/wait")) {
                Parking.Parked stays = this.parking.next();
                SocketClient leaving = client(context).get("/wait");
                Parking.Parked leaves = this.parking.next();

                leaving.close();
                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    look();
                    return leaves.signal().aborted();
                });

                assertThat(stays.signal().aborted()).isFalse();
                stays.answer().complete("served");
                assertThat(staying.answer()).isEqualTo("200 served");
            }
        });
    }

    @Test
    void noTimerRunsWhileNobodyWaits() {
        this.app.run(context -> {
            try (SocketClient client = client(context).get("/wait")) {
                this.parking.next().answer().complete("served");
                client.answer();

                await().atMost(Duration.ofSeconds(30)).until(() -> {
                    this.time.advance(INTERVAL);
                    return this.time.pending() == 0;
                });
            }
        });
    }

    @Test
    void intervalOfZeroLeavesTomcatAsItIs() {
        this.app.withPropertyValues("settle.web.tomcat.probe-interval=0").run(context -> {
            try (SocketClient client = client(context).get("/wait")) {
                Parking.Parked request = this.parking.next();

                assertThat(this.time.pending()).isZero();
                request.answer().complete("served");
                assertThat(client.answer()).isEqualTo("200 served");
            }
        });
    }
}
