package dev.settle.autoconfigure;

import dev.settle.web.tomcat.Connections;
import dev.settle.web.tomcat.DisconnectProbe;
import dev.settle.web.tomcat.ProbedHttp11NioProtocol;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Has Tomcat tell its connections. It is left alone with a watch or a protocol of the application's own, and with an interval
 * of zero.
 */
record KnownConnections(Connections connections, ObjectProvider<DisconnectProbe> probes, Duration interval)
        implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        if (this.probes.getIfUnique() != null
                && this.interval.compareTo(Duration.ZERO) > 0
                && TomcatServletWebServerFactory.DEFAULT_PROTOCOL.equals(factory.getProtocol())) {
            factory.setProtocol(ProbedHttp11NioProtocol.class.getName());
            factory.addProtocolHandlerCustomizers(handler -> {
                if (handler instanceof ProbedHttp11NioProtocol probed) {
                    this.connections.add(probed);
                }
            });
        }
    }
}
