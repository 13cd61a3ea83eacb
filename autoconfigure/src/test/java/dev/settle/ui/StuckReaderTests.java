package dev.settle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who reads the stream no more and keeps the connection is not waited for, whatever a graceful shutdown has time for. */
@ExtendWith(OutputCaptureExtension.class)
class StuckReaderTests {

    /** The first frame has the name, and does not fit into the buffers. */
    private static final String NAME = "x".repeat(8_000_000);

    @ParameterizedTest
    @CsvSource({"SERVLET, local.server.port", "SERVLET, local.management.port", "REACTIVE, local.server.port"})
    void serverStopsAlthoughAReaderHasStoppedReading(WebApplicationType type, String port, CapturedOutput output)
            throws Exception {
        try (LiveApplication application = LiveApplication.start(
                        type,
                        port.equals("local.server.port") ? "management.server.port=" : "management.server.port=0",
                        "logging.include-application-name=false",
                        "spring.application.name=" + NAME);
                Socket reader = new Socket()) {
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
            application.close();
            assertThat(rest(reader)).as("bytes that were taken").isLessThan(NAME.length());
        }
        assertThat(output).contains("Graceful shutdown complete").doesNotContain("Graceful shutdown aborted");
    }

    private static long rest(Socket reader) {
        long bytes = 0;
        byte[] some = new byte[8192];
        try {
            for (int read = reader.getInputStream().read(some);
                    read >= 0;
                    read = reader.getInputStream().read(some)) {
                bytes += read;
            }
        } catch (IOException cut) {
            // The connection was closed with much unsent.
        }
        return bytes;
    }
}
