package dev.settle.autoconfigure;

import dev.settle.time.TimeSource;
import dev.settle.web.tomcat.DisconnectProbe;
import dev.settle.web.tomcat.ProbedHttp11NioProtocol;
import java.time.Duration;
import org.apache.coyote.ProtocolHandler;
import org.apache.coyote.http11.Http11NioProtocol;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.annotation.RegisterReflection;
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
    @ConditionalOnMissingBean
    DisconnectProbe settleDisconnectProbe(TimeSource time, SettleWebProperties properties) {
        return new DisconnectProbe(time, properties.getTomcat().getProbeInterval());
    }

    /** A protocol of the application's own is left alone: then there is no probe, as with an interval of zero. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> settleTomcatCustomizer(
            DisconnectProbe probe, SettleWebProperties properties) {
        TomcatProtocolHandlerCustomizer<ProtocolHandler> customizer = handler -> {
            if (handler instanceof ProbedHttp11NioProtocol probed) {
                probe.add(probed);
            }
        };
        Duration interval = properties.getTomcat().getProbeInterval();
        return factory -> {
            if (interval.compareTo(Duration.ZERO) > 0
                    && TomcatServletWebServerFactory.DEFAULT_PROTOCOL.equals(factory.getProtocol())) {
                factory.setProtocol(ProbedHttp11NioProtocol.class.getName());
                factory.addProtocolHandlerCustomizers(customizer);
            }
        };
    }
}
