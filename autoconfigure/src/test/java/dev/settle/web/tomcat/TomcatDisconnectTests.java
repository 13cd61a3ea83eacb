package dev.settle.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.web.Servers;
import dev.settle.web.SocketClient;
import dev.settle.web.ThreeDeep;
import dev.settle.web.Upstream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Clients of a real Tomcat that do not wait for their answer. */
class TomcatDisconnectTests {

    private Upstream upstream;
    private WebApplicationContextRunner app;

    @BeforeEach
    void start() throws IOException {
        this.upstream = new Upstream();
        URI uri = this.upstream.uri();
        this.app = Servers.tomcat()
                .withUserConfiguration(ThreeDeep.class)
                .withBean(URI.class, () -> uri)
                .withBean(Streams.class)
                .withBean(Desk.class);
    }

    @AfterEach
    void stop() throws IOException {
        this.upstream.close();
    }

    /** The emitters of the streams that have been asked for. */
    static class Streams extends LinkedBlockingQueue<SseEmitter> {

        private static final long serialVersionUID = 1L;
    }

    @RestController
    static class Desk {

        private final ThreeDeep.Outer outer;
        private final URI upstream;
        private final BlockingQueue<SseEmitter> streams;

        Desk(ThreeDeep.Outer outer, URI upstream, Streams streams) {
            this.outer = outer;
            this.upstream = upstream;
            this.streams = streams;
        }

        @GetMapping("/ask")
        CompletableFuture<String> ask() {
            return this.outer.ask(this.upstream);
        }

        @PostMapping("/tell")
        CompletableFuture<String> tell(@RequestBody String body) {
            return this.outer.ask(this.upstream).thenApply(body::concat);
        }

        @GetMapping("/stream")
        SseEmitter stream() {
            SseEmitter emitter = new SseEmitter(0L);
            this.outer.ask(this.upstream).whenComplete((body, failure) -> emitter.complete());
            this.streams.add(emitter);
            return emitter;
        }
    }

    private static AbortSignal signal(ThreeDeep.Signals signals) throws InterruptedException {
        AbortSignal signal = signals.poll(30, TimeUnit.SECONDS);
        assertThat(signal).isNotNull();
        return signal;
    }

    private static void assertToldThatTheClientHasGone(AbortSignal signal) {
        await().atMost(Duration.ofSeconds(30)).until(signal::aborted);
        assertThat(signal.reason().orElseThrow().kind()).isEqualTo(AbortReason.Kind.CALLER_CANCELLED);
    }

    @Test
    void clientThatLeavesCancelsTheWorkThreeCallsDeepAndTheUpstreamSeesIt() {
        this.app.run(context -> {
            SocketClient client = SocketClient.connect(Servers.port(context)).get("/ask");
            Upstream.Connection asked = this.upstream.connection();
            asked.request();
            AbortSignal innermost = signal(context.getBean(ThreeDeep.Signals.class));

            client.close();

            assertThat(asked.isClosedByClient()).isTrue();
            assertToldThatTheClientHasGone(innermost);
        });
    }

    @Test
    void locksAndPermitsOfTheCancelledWorkAreFree() {
        this.app.run(context -> {
            SocketClient client = SocketClient.connect(Servers.port(context)).get("/ask");
            this.upstream.connection().request();
            client.close();

            try (SocketClient next = SocketClient.connect(Servers.port(context)).get("/ask")) {
                Upstream.Connection asked = this.upstream.connection();
                asked.request();
                asked.answer("free");

                assertThat(next.answer()).isEqualTo("200 free");
            }
        });
    }

    @Test
    void clientThatLeavesAfterItHasSentABodyIsMissed() {
        this.app.run(context -> {
            SocketClient client = SocketClient.connect(Servers.port(context)).post("/tell", "a long story");
            Upstream.Connection asked = this.upstream.connection();
            asked.request();

            client.close();

            assertThat(asked.isClosedByClient()).isTrue();
        });
    }

    @Test
    void clientThatLeavesAStreamIsNoticedWhenNextIsWritten() {
        this.app.withPropertyValues("settle.web.tomcat.probe-interval=0").run(context -> {
            SocketClient client = SocketClient.connect(Servers.port(context)).get("/stream");
            Upstream.Connection asked = this.upstream.connection();
            asked.request();
            AbortSignal innermost = signal(context.getBean(ThreeDeep.Signals.class));
            SseEmitter stream = context.getBean(Streams.class).poll(30, TimeUnit.SECONDS);

            client.close();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                write(stream);
                return innermost.aborted();
            });

            assertToldThatTheClientHasGone(innermost);
            assertThat(asked.isClosedByClient()).isTrue();
        });
    }

    private static void write(SseEmitter stream) {
        try {
            stream.send("more");
        } catch (IOException | IllegalStateException ex) {
            // Spring tells it here as well; what counts is what the signal says.
        }
    }

    @Test
    void clientThatLeavesAStreamIsNoticedWhileNothingIsWritten() {
        this.app.run(context -> {
            SocketClient client = SocketClient.connect(Servers.port(context)).get("/stream");
            Upstream.Connection asked = this.upstream.connection();
            asked.request();

            client.close();

            assertThat(asked.isClosedByClient()).isTrue();
        });
    }
}
