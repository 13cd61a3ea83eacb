package dev.settle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who reads the stream no more and keeps the connection is not waited for, whatever a graceful shutdown has time for. */
@ExtendWith(OutputCaptureExtension.class)
class StuckReaderTests {

    /** The first frame has the name, and does not fit into the buffers. */
    private static final String NAME = "x".repeat(8_000_000);

    /** They take some seconds, and so are stopped together. */
    @Test
    void serversStopAlthoughAReaderHasStoppedReading(CapturedOutput output) throws Exception {
        try (Stuck tomcat = Stuck.reader(WebApplicationType.SERVLET, "local.server.port");
                Stuck managed = Stuck.reader(WebApplicationType.SERVLET, "local.management.port");
                Stuck netty = Stuck.reader(WebApplicationType.REACTIVE, "local.server.port")) {
            CompletableFuture.allOf(tomcat.stop(), managed.stop(), netty.stop()).join();

            assertThat(tomcat.rest()).as("bytes taken from Tomcat").isLessThan(NAME.length());
            assertThat(managed.rest())
                    .as("bytes taken from the management port")
                    .isLessThan(NAME.length());
            assertThat(netty.rest()).as("bytes taken from Netty").isLessThan(NAME.length());
        }
        assertThat(output).contains("Graceful shutdown complete").doesNotContain("Graceful shutdown aborted");
    }

    /** An application, and who does not read what it writes. */
    private record Stuck(LiveApplication application, Socket reader) implements AutoCloseable {

        static Stuck reader(WebApplicationType type, String port) throws IOException {
            LiveApplication application = LiveApplication.start(
                    type,
                    port.equals("local.server.port") ? "management.server.port=" : "management.server.port=0",
                    "logging.include-application-name=false",
                    "spring.application.name=" + NAME);
            Socket reader = new Socket();
            // Before it connects: the system lets the buffer grow otherwise.
            reader.setReceiveBufferSize(4096);
            reader.connect(new InetSocketAddress(
                    "localhost", application.context().getEnvironment().getRequiredProperty(port, Integer.class)));
            reader.getOutputStream().write("""
                    GET /actuator/settleui/stream HTTP/1.1\r
                    Host: localhost\r
                    Accept: text/event-stream\r
                    \r
                    """.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(reader.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
            return new Stuck(application, reader);
        }

        CompletableFuture<Void> stop() {
            return CompletableFuture.runAsync(this.application::close, task -> new Thread(task).start());
        }

        /** What has come until the connection was closed. */
        long rest() throws IOException {
            long bytes = 0;
            byte[] some = new byte[8192];
            InputStream input = this.reader.getInputStream();
            try {
                for (int read = input.read(some); read >= 0; read = input.read(some)) {
                    bytes += read;
                }
            } catch (IOException reset) {
                // Closed with much unsent.
            }
            return bytes;
        }

        @Override
        public void close() throws IOException {
            this.reader.close();
            this.application.close();
        }
    }
}
