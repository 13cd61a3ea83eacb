package dev.settle.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import dev.settle.web.Parking;
import dev.settle.web.Servers;
import dev.settle.web.SocketClient;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the probe must leave as it is for connections that turn out to be HTTP/2. */
class Http2ProbeTests {

    private final VirtualTime time = new VirtualTime();
    private final Parking parking = new Parking();
    private final WebApplicationContextRunner app = Servers.tomcat()
            .withPropertyValues("server.http2.enabled=true", "settle.web.tomcat.probe-interval=1s")
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

        @GetMapping("/protocol")
        String protocol(HttpServletRequest request) {
            return request.getServletConnection().getProtocol();
        }
    }

    /** Connects to the server before it lets anything through. */
    private static final class Relay implements AutoCloseable {

        private final ServerSocket front = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final Socket server;

        Relay(int port) throws IOException {
            this.server = new Socket(InetAddress.getLoopbackAddress(), port);
        }

        URI open(String path) {
            start(() -> {
                Socket client = this.front.accept();
                start(() -> this.server.getInputStream().transferTo(client.getOutputStream()));
                client.getInputStream().transferTo(this.server.getOutputStream());
            });
            return URI.create("http://localhost:" + this.front.getLocalPort() + path);
        }

        private interface Pump {

            void run() throws IOException;
        }

        private static void start(Pump pump) {
            Thread thread = new Thread(() -> {
                try {
                    pump.run();
                } catch (IOException ex) {
                    Thread.currentThread().interrupt(); // closed
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() {
            try {
                this.server.close();
                this.front.close();
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private void look() {
        await().atMost(Duration.ofSeconds(30)).until(() -> this.time.pending() > 0);
        this.time.advance(Duration.ofSeconds(1));
    }

    @Test
    void aConnectionThatIsSilentAtFirstKnowsItsProtocol() {
        this.app.run(context -> {
            int port = Servers.port(context);
            try (Relay relay = new Relay(port);
                    SocketClient waiting = SocketClient.connect(port).get("/wait")) {
                Parking.Parked request = this.parking.next();
                look();
                look();

                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(relay.open("/protocol")).build(), BodyHandlers.ofString());

                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.body()).isEqualTo("h2c");
                request.answer().complete("served");
                assertThat(waiting.answer()).isEqualTo("200 served");
            }
        });
    }
}
