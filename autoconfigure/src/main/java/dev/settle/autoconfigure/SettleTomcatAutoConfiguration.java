package dev.settle.autoconfigure;

import dev.settle.time.TimeSource;
import dev.settle.web.servlet.ClientWatch;
import dev.settle.web.tomcat.DisconnectProbe;
import dev.settle.web.tomcat.ProbedHttp11NioProtocol;
import java.time.Duration;
import org.apache.coyote.ProtocolHandler;
import org.apache.coyote.http11.Http11NioProtocol;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.annotation.RegisterReflection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Auto-configuration for what Tomcat does not notice by itself: that the client of a request that waits has gone. */
@AutoConfiguration(after = SettleAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "settle.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({TomcatServletWebServerFactory.class, Http11NioProtocol.class})
@EnableConfigurationProperties(SettleWebProperties.class)
@RegisterReflection(
        classes = ProbedHttp11NioProtocol.class,
        memberCategories = MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS)
public final class SettleTomcatAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(ClientWatch.class)
    DisconnectProbe settleDisconnectProbe(TimeSource time, SettleWebProperties properties) {
        return new DisconnectProbe(time, properties.getTomcat().getProbeInterval());
    }

    /** Tomcat is left alone with a watch or a protocol of the application's own, and with an interval of zero. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> settleTomcatCustomizer(
            ObjectProvider<DisconnectProbe> probes, SettleWebProperties properties) {
        Duration interval = properties.getTomcat().getProbeInterval();
        return factory -> {
            DisconnectProbe probe = probes.getIfUnique();
            if (probe != null
                    && interval.compareTo(Duration.ZERO) > 0
                    && TomcatServletWebServerFactory.DEFAULT_PROTOCOL.equals(factory.getProtocol())) {
                factory.setProtocol(ProbedHttp11NioProtocol.class.getName());
                factory.addProtocolHandlerCustomizers(addTo(probe));
            }
        };
    }

    private static TomcatProtocolHandlerCustomizer<ProtocolHandler> addTo(DisconnectProbe probe) {
        return handler -> {
            if (handler instanceof ProbedHttp11NioProtocol probed) {
                probe.add(probed);
            }
        };
    }
}
