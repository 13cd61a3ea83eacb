package dev.settle.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.abort.AbortReason;
import dev.settle.web.Parking;
import dev.settle.web.Servers;
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

/** Over HTTP/2 a client that does not wait resets its stream, and Tomcat sees that by itself. */
class Http2DisconnectTests {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    private final Parking parking = new Parking();
    private final WebApplicationContextRunner app = Servers.tomcat()
            .withPropertyValues("server.http2.enabled=true")
            .withBean(Parking.class, () -> this.parking)
            .withBean(Desk.class);

    @RestController
    static class Desk {

        private final Parking parking;

        Desk(Parking parking) {
            this.parking = parking;
        }

        @GetMapping("/now")
        String now() {
            return "now";
        }

        @GetMapping("/wait")
        CompletableFuture<String> waiting() {
            return this.parking.park();
        }
    }

    private CompletableFuture<HttpResponse<String>> get(int port, String path) {
        URI uri = URI.create("http://localhost:" + port + path);
        return this.client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void requestThatIsCancelledAbortsAndOthersOfItsConnectionDoNot() {
        this.app.run(context -> {
            int port = Servers.port(context);
            assertThat(get(port, "/now"))
                    .succeedsWithin(Duration.ofSeconds(30))
                    .returns(HttpClient.Version.HTTP_2, HttpResponse::version);
            CompletableFuture<HttpResponse<String>> leaving = get(port, "/wait");
            Parking.Parked leaves = this.parking.next();
            CompletableFuture<HttpResponse<String>> staying = get(port, "/wait");
            Parking.Parked stays = this.parking.next();

            leaving.cancel(true);

            await().atMost(Duration.ofSeconds(30)).until(leaves.signal()::aborted);
            assertThat(leaves.signal().reason().orElseThrow().kind()).isEqualTo(AbortReason.Kind.CALLER_CANCELLED);
            assertThat(stays.signal().aborted()).isFalse();
            stays.answer().complete("served");
            assertThat(staying).succeedsWithin(Duration.ofSeconds(30)).returns("served", HttpResponse::body);
        });
    }
}
