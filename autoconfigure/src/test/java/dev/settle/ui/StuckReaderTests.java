package dev.settle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.web.tomcat.ProbedHttp11NioProtocol;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.ProtocolHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Who reads the stream no more and keeps the connection is not waited for, whatever a graceful shutdown has time for. */
@ExtendWith(OutputCaptureExtension.class)
class StuckReaderTests {

    /** The first frame, which has the name, fits into no buffer. */
    private static final String NAME = "x".repeat(20_000_000);

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void serverStopsAlthoughAReaderHasStoppedReading(WebApplicationType type, CapturedOutput output) throws Exception {
        try (LiveApplication application = LiveApplication.start(
                type,
                "management.server.port=",
                "logging.include-application-name=false",
                "spring.application.name=" + NAME)) {
            int port = application.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            try (Socket reader = new Socket("localhost", port)) {
                reader.getOutputStream().write("""
                        GET /actuator/settleui/stream HTTP/1.1\r
                        Host: localhost\r
                        Accept: text/event-stream\r
                        \r
                        """.getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(reader.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200");
                application.close();
            }
        }
        assertThat(output).contains("Graceful shutdown complete").doesNotContain("Graceful shutdown aborted");
    }

    /** Otherwise the write would wait for as long as Tomcat waits for a request. */
    @Test
    void connectionsOfAManagementPortAreKnown() {
        List<ProtocolHandler> protocols = new ArrayList<>();
        class Listener implements ApplicationListener<WebServerInitializedEvent> {
            @Override
            public void onApplicationEvent(WebServerInitializedEvent event) {
                Tomcat tomcat = ((TomcatWebServer) event.getWebServer()).getTomcat();
                protocols.add(tomcat.getConnector().getProtocolHandler());
            }
        }
        new SpringApplicationBuilder(LiveApplication.Application.class)
                .web(WebApplicationType.SERVLET)
                .listeners(new Listener())
                .run("--server.port=0", "--management.server.port=0")
                .close();

        assertThat(protocols).hasSize(2).hasOnlyElementsOfType(ProbedHttp11NioProtocol.class);
    }
}
