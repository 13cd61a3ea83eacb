package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.AsyncCleanup;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** The shutdown of an application with an embedded Tomcat. */
class WebServerShutdownTests {

    private static final int JUST_BELOW_THE_DRAIN = AbortPhases.WEB_DRAIN - 2;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Journal journal = new Journal();

    private final WebApplicationContextRunner app = new WebApplicationContextRunner(
                    AnnotationConfigServletWebServerApplicationContext::new)
            .withConfiguration(AutoConfigurations.of(
                    SettleAutoConfiguration.class,
                    LifecycleAutoConfiguration.class,
                    ApplicationAvailabilityAutoConfiguration.class,
                    TomcatServletWebServerAutoConfiguration.class))
            .withPropertyValues("server.port=0")
            .withBean(Courier.class)
            .withBean(Desk.class);

    private static int port(AssertableWebApplicationContext context) {
        return context.getSourceApplicationContext(ServletWebServerApplicationContext.class)
                .getWebServer()
                .getPort();
    }

    private CompletableFuture<String> get(int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return this.client
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() + " " + response.body());
    }

    private static boolean takesConnections(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException ex) {
            return false;
        }
    }

    /** Notes whether the server still answers, then takes its time. */
    private AsyncCleanup asking(String name, int port) {
        return event -> {
            this.journal.note(name + ": " + (takesConnections(port) ? Waits.result(get(port, "/")) : "no connection"));
            return this.journal.taking(name).cleanUp(event);
        };
    }

    private ForeignBean foreign(String name, int phase) {
        return new ForeignBean(name, phase, this.journal);
    }

    @Test
    void cleanupsTakeTurnsWithTheServerAndForeignBeans() {
        this.app
                .withBean("jms", ForeignBean.class, () -> foreign("jms", Integer.MAX_VALUE - 100))
                .withBean("executor", ForeignBean.class, () -> foreign("executor", Integer.MAX_VALUE / 2))
                .withBean("redis", ForeignBean.class, () -> foreign("redis", 0))
                .run(context -> {
                    AsyncAbortController controller = controller(context);
                    int port = port(context);
                    controller.phase(Integer.MAX_VALUE).onAbort("MAX", asking("MAX", port));
                    controller.phase(AbortPhases.WEB_DRAIN).onAbort("drain", this.journal.taking("drain"));
                    controller.phase(AbortPhases.AFTER_WEB_STOP).onAbort("after web", asking("after web", port));
                    controller.phase(100).onAbort("100", this.journal.taking("100"));
                    controller.phase(-5).onAbort("-5", this.journal.taking("-5"));

                    context.close();
                });

        assertThat(this.journal.lines())
                .containsExactly(
                        "MAX: 200 delivered",
                        "MAX begins",
                        "MAX ends",
                        "jms stops",
                        "drain begins",
                        "drain ends",
                        "after web: no connection",
                        "after web begins",
                        "after web ends",
                        "executor stops",
                        "100 begins",
                        "100 ends",
                        "redis stops",
                        "-5 begins",
                        "-5 ends");
    }

    @Test
    void requestThatHasBegunIsAnswered() {
        this.app.run(context -> {
            Desk desk = context.getBean(Desk.class);
            controller(context)
                    .phase(AbortPhases.AFTER_WEB_STOP)
                    .onAbort("after web", this.journal.noting("server has stopped"));
            CompletableFuture<Void> answered = get(port(context), "/call").thenAccept(this.journal::note);
            Waits.open(desk.inside());
            HandCleanup draining = new HandCleanup();
            controller(context).phase(AbortPhases.WEB_DRAIN).onAbort("draining", draining);
            Closing closing = Closing.of(context);
            draining.event();

            desk.goOn().countDown();
            Waits.result(answered);
            draining.finish();
            closing.join();
        });

        assertThat(this.journal.lines()).containsExactly("200 delivered", "server has stopped");
    }

    @Test
    void requestMayMakeItsFirstCallWhileTheServerDrains() {
        this.app.run(context -> {
            Desk desk = context.getBean(Desk.class);
            CompletableFuture<String> answer = get(port(context), "/call-late");
            Waits.open(desk.inside());
            HandCleanup draining = new HandCleanup();
            controller(context).phase(AbortPhases.WEB_DRAIN).onAbort("draining", draining);
            Closing closing = Closing.of(context);
            draining.event();

            desk.goOn().countDown();

            assertThat(Waits.result(answer)).isEqualTo("200 delivered late");
            draining.finish();
            closing.join();
        });
    }

    @Test
    void callOfARequestThatTakesTooLongIsAbortedWhileTheServerCanStillAnswer() {
        WatchedTime time = new WatchedTime();
        this.app.withBean(TimeSource.class, () -> time).run(context -> {
            Desk desk = context.getBean(Desk.class);
            AsyncAbortController controller = controller(context);
            CompletableFuture<String> answer = get(port(context), "/call");
            Waits.open(desk.inside());
            Closing closing = Closing.of(context);

            time.advanceWhenArmed(Duration.ofSeconds(29));

            assertThat(Waits.result(answer)).isEqualTo("503 SHUTDOWN");
            closing.join();
            assertThat(Reports.entry(controller, CallDrain.IN_FLIGHT).detail())
                    .isEqualTo("1 in flight: 0 ended, 1 aborted");
        });
    }

    @Test
    void serverTakesNoNewConnectionsWhenItHasDrained() {
        this.app.run(context -> {
            int port = port(context);
            assertThat(takesConnections(port)).isTrue();
            HandCleanup drained = new HandCleanup();
            controller(context).phase(JUST_BELOW_THE_DRAIN).onAbort("drained", drained);
            Closing closing = Closing.of(context);
            drained.event();

            assertThat(takesConnections(port)).isFalse();

            drained.finish();
            closing.join();
        });
    }

    @Test
    void applicationThatIsNotReadyStillServesDuringTheDelay() {
        VirtualTime time = new VirtualTime();
        this.app
                .withBean(TimeSource.class, () -> time)
                .withPropertyValues("settle.shutdown.delay=10s")
                .run(context -> {
                    int port = port(context);
                    ApplicationAvailability availability = context.getBean(ApplicationAvailability.class);
                    Closing closing = Closing.of(context);
                    Waits.until(() -> time.pending() == 1);

                    assertThat(availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
                    time.advance(Duration.ofSeconds(9));
                    assertThat(Waits.result(get(port, "/"))).isEqualTo("200 delivered");

                    time.advance(Duration.ofSeconds(1));
                    closing.join();
                    assertThat(takesConnections(port)).isFalse();
                });
    }
}
