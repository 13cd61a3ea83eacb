package dev.settle.web.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.web.Parking;
import dev.settle.web.Servers;
import dev.settle.web.SocketClient;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Work that a request to a real Tomcat begins, and does not wait for. */
class TomcatBackgroundTests {

    private final Parking parking = new Parking();
    private final WebApplicationContextRunner app = Servers.tomcat()
            .withBean(Parking.class, () -> this.parking)
            .withBean(Backstage.class)
            .withBean(Desk.class);

    static class Backstage {

        private final CompletableFuture<String> work = new CompletableFuture<>();

        @Retry
        public CompletableFuture<String> work() {
            return this.work;
        }

        void finish() {
            this.work.complete("done");
        }
    }

    @RestController
    static class Desk {

        private final Parking parking;
        private final Backstage backstage;
        private final BlockingQueue<CompletableFuture<String>> begun = new LinkedBlockingQueue<>();

        Desk(Parking parking, Backstage backstage) {
            this.parking = parking;
            this.backstage = backstage;
        }

        @GetMapping("/begin")
        String begin() {
            this.begun.add(this.backstage.work());
            return "begun";
        }

        @GetMapping("/begin-and-wait")
        CompletableFuture<String> beginAndWait() {
            this.begun.add(this.backstage.work());
            return this.parking.park();
        }

        @GetMapping("/now")
        String now() {
            return "now";
        }
    }

    @Test
    void workThatWasBegunGoesOnWhenItsRequestHasEnded() {
        this.app.run(context -> {
            try (SocketClient client =
                    SocketClient.connect(Servers.port(context)).get("/begin")) {
                assertThat(client.answer()).isEqualTo("200 begun");
            }
            CompletableFuture<String> begun = context.getBean(Desk.class).begun.poll(30, TimeUnit.SECONDS);
            assertThat(begun).isNotDone();

            context.getBean(Backstage.class).finish();

            assertThat(begun).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("done");
        });
    }

    @Test
    void workThatWasBegunGoesOnWhenARequestThatHadWaitedHasEndedAndItsClientHasLeft() {
        this.app.run(context -> {
            try (SocketClient client =
                    SocketClient.connect(Servers.port(context)).get("/begin-and-wait")) {
                Parking.Parked request = this.parking.next();
                request.answer().complete("served");
                assertThat(client.answer()).isEqualTo("200 served");
            }
            // The server has seen the connection end when it has served another one, twice.
            for (int i = 0; i < 2; i++) {
                try (SocketClient next =
                        SocketClient.connect(Servers.port(context)).get("/now")) {
                    next.answer();
                }
            }

            CompletableFuture<String> begun = context.getBean(Desk.class).begun.poll(30, TimeUnit.SECONDS);
            context.getBean(Backstage.class).finish();

            assertThat(begun).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("done");
        });
    }
}
