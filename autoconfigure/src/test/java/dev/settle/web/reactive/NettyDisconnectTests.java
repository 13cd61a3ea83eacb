package dev.settle.web.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.web.Parking;
import dev.settle.web.Servers;
import dev.settle.web.SocketClient;
import dev.settle.web.ThreeDeep;
import dev.settle.web.Upstream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Clients of a real Netty that do not wait for their answer. */
class NettyDisconnectTests {

    private final Parking parking = new Parking();
    private Upstream upstream;
    private ReactiveWebApplicationContextRunner app;

    @BeforeEach
    void start() throws IOException {
        this.upstream = new Upstream();
        URI uri = this.upstream.uri();
        this.app = Servers.netty()
                .withUserConfiguration(ThreeDeep.class)
                .withBean(URI.class, () -> uri)
                .withBean(Parking.class, () -> this.parking)
                .withBean(Desk.class);
    }

    @AfterEach
    void stop() throws IOException {
        this.upstream.close();
    }

    @RestController
    static class Desk {

        private final ThreeDeep.Outer outer;
        private final URI upstream;
        private final Parking parking;

        Desk(ThreeDeep.Outer outer, URI upstream, Parking parking) {
            this.outer = outer;
            this.upstream = upstream;
            this.parking = parking;
        }

        @GetMapping("/watch")
        Mono<String> watch() {
            return this.outer.watch(this.upstream);
        }

        @GetMapping("/ask")
        CompletableFuture<String> ask() {
            return this.outer.ask(this.upstream);
        }

        @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<String> stream() {
            return Flux.just("first").concatWith(this.outer.watch(this.upstream));
        }

        @GetMapping("/argument")
        Mono<String> argument(AbortSignal signal) {
            return Mono.fromFuture(this.parking.park(signal), true);
        }
    }

    private void assertUpstreamSeesItWhenTheClientLeaves(String path) {
        this.app.run(context -> {
            SocketClient client = SocketClient.connect(Servers.port(context)).get(path);
            Upstream.Connection asked = this.upstream.connection();
            asked.request();
            AbortSignal innermost = context.getBean(ThreeDeep.Signals.class).poll(30, TimeUnit.SECONDS);

            client.close();

            assertThat(asked.isClosedByClient()).isTrue();
            await().atMost(Duration.ofSeconds(30)).until(innermost::aborted);
            assertThat(innermost.reason().orElseThrow().kind()).isEqualTo(AbortReason.Kind.CALLER_CANCELLED);
        });
    }

    @Test
    void clientThatLeavesCancelsThePublishersThreeCallsDeepAndTheUpstreamSeesIt() {
        assertUpstreamSeesItWhenTheClientLeaves("/watch");
    }

    @Test
    void clientThatLeavesCancelsTheFuturesThreeCallsDeepAndTheUpstreamSeesIt() {
        assertUpstreamSeesItWhenTheClientLeaves("/ask");
    }

    @Test
    void clientThatLeavesAStreamCancelsTheWorkThreeCallsDeepAndTheUpstreamSeesIt() {
        assertUpstreamSeesItWhenTheClientLeaves("/stream");
    }

    @Test
    void argumentIsTheSignalThatAbortsWhenTheClientLeaves() {
        this.app.run(context -> {
            SocketClient client = SocketClient.connect(Servers.port(context)).get("/argument");
            AbortSignal argument = this.parking.next().signal();

            client.close();

            await().atMost(Duration.ofSeconds(30)).until(argument::aborted);
        });
    }
}
