package dev.settle.web.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import dev.settle.web.Parking;
import dev.settle.web.Servers;
import dev.settle.web.SocketClient;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The signals of requests to a real Tomcat that end as they should. */
class TomcatRequestTests {

    private final Parking parking = new Parking();
    private final WebApplicationContextRunner app = Servers.tomcat()
            .withBean(Parking.class, () -> this.parking)
            .withUserConfiguration(Threads.class)
            .withBean(Desk.class);

    /** Looks at each thread before Settle has seen the request, and when it has done with it. */
    static class Threads {

        final BlockingQueue<AbortSignal> left = new LinkedBlockingQueue<>();

        @Bean
        FilterRegistrationBean<Filter> outermost() {
            FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
                this.left.add(CurrentSignal.get());
                chain.doFilter(request, response);
                this.left.add(CurrentSignal.get());
            });
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return filter;
        }
    }

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

        @GetMapping("/argument")
        CompletableFuture<String> argument(AbortSignal signal) {
            return this.parking.park(signal).thenApply(answer -> answer + (signal == AbortSignal.current()));
        }

        @GetMapping("/same")
        String same(AbortSignal signal) {
            return "the current one: " + (signal == AbortSignal.current() && signal != AbortSignal.never());
        }
    }

    @Test
    void requestsAtOnceHaveSignalsOfTheirOwn() {
        this.app.run(context -> {
            try (SocketClient one = SocketClient.connect(Servers.port(context)).get("/wait");
                    SocketClient other =
                            SocketClient.connect(Servers.port(context)).get("/wait")) {
                AbortSignal signal = this.parking.next().signal();

                assertThat(signal).isNotSameAs(AbortSignal.never());
                assertThat(this.parking.next().signal()).isNotSameAs(signal);
            }
        });
    }

    @Test
    void requestsOfOneConnectionHaveSignalsOfTheirOwn() {
        this.app.run(context -> {
            try (SocketClient client = SocketClient.connect(Servers.port(context))) {
                client.get("/wait");
                Parking.Parked first = this.parking.next();
                first.answer().complete("first");
                client.answer();
                client.get("/wait");
                Parking.Parked second = this.parking.next();

                assertThat(second.signal()).isNotSameAs(first.signal());
                second.answer().complete("second");
                assertThat(client.answer()).isEqualTo("200 second");
                assertThat(List.of(first, second))
                        .noneMatch(request -> request.signal().aborted());
            }
        });
    }

    @Test
    void threadsOfTheServerKeepNoSignal() {
        this.app.run(context -> {
            try (SocketClient client = SocketClient.connect(Servers.port(context))) {
                client.get("/wait");
                this.parking.next().answer().complete("served");
                client.answer();
                client.get("/same").answer();
            }
            BlockingQueue<AbortSignal> left = context.getBean(Threads.class).left;

            await().atMost(Duration.ofSeconds(30)).until(() -> left.size() == 4);
            assertThat(left).containsOnly(AbortSignal.never());
        });
    }

    @Test
    void controllerGetsTheSignalAsAnArgument() {
        this.app.run(context -> {
            try (SocketClient client = SocketClient.connect(Servers.port(context))) {
                assertThat(client.get("/same").answer()).isEqualTo("200 the current one: true");
            }
        });
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
