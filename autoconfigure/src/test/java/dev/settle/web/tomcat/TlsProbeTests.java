package dev.settle.web.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.abort.AbortSignal;
import dev.settle.web.Parking;
import dev.settle.web.Servers;
import dev.settle.web.SocketClient;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The probe on encrypted connections. */
class TlsProbeTests {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static Path keys;

    private final Parking parking = new Parking();
    private final WebApplicationContextRunner app = Servers.tomcat()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
            .withPropertyValues("server.ssl.key-store=" + keys.toUri(), "server.ssl.key-store-password=" + PASSWORD)
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
    }

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = directory.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        made.getInputStream().readAllBytes();
        assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
    }

    private static SocketFactory trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(keys)) {
            store.load(stream, PASSWORD.toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    @Test
    void clientThatLeavesIsMissed() {
        this.app.run(context -> {
            SocketClient client =
                    SocketClient.connect(trusting(), Servers.port(context)).get("/wait");
            Parking.Parked request = this.parking.next();

            client.close();

            await().atMost(Duration.ofSeconds(30)).until(request.signal()::aborted);
        });
    }

    @Test
    void requestThatWasSentAheadIsServedNext() {
        this.app.run(context -> {
            try (SocketClient client =
                    SocketClient.connect(trusting(), Servers.port(context)).get("/wait")) {
                Parking.Parked first = this.parking.next();
                client.get("/wait");
                SocketClient leaving =
                        SocketClient.connect(trusting(), Servers.port(context)).get("/wait");
                AbortSignal looked = this.parking.next().signal();
                leaving.close();
                await().atMost(Duration.ofSeconds(30)).until(looked::aborted);

                first.answer().complete("first");
                assertThat(client.answer()).isEqualTo("200 first");
                this.parking.next().answer().complete("second");
                assertThat(client.answer()).isEqualTo("200 second");
            }
        });
    }
}
