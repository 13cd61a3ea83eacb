package dev.settle.autoconfigure;

import dev.settle.time.TimeSource;
import dev.settle.web.servlet.ClientWatch;
import dev.settle.web.tomcat.Connections;
import dev.settle.web.tomcat.DisconnectProbe;
import dev.settle.web.tomcat.ProbedHttp11NioProtocol;
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
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/** Auto-configuration for what Tomcat does not do by itself: notice that the client of a request that waits has gone. */
@AutoConfiguration(after = SettleAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "settle.enabled", matchIfMissing = true)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({TomcatServletWebServerFactory.class, Http11NioProtocol.class})
@EnableConfigurationProperties(SettleWebProperties.class)
@RegisterReflection(
        classes = ProbedHttp11NioProtocol.class,
        memberCategories = MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS)
public final class SettleTomcatAutoConfiguration {

    /** An application may know its connections better. */
    @Bean
    @Fallback
    @ConditionalOnMissingBean
    Connections settleTomcatConnections() {
        return new Connections();
    }

    @Bean
    @ConditionalOnMissingBean(ClientWatch.class)
    DisconnectProbe settleDisconnectProbe(Connections connections, TimeSource time, SettleWebProperties properties) {
        return new DisconnectProbe(connections, time, properties.getTomcat().getProbeInterval());
    }

    @Bean
    KnownConnections settleKnownConnections(
            Connections connections, ObjectProvider<DisconnectProbe> probes, SettleWebProperties properties) {
        return new KnownConnections(connections, probes, properties.getTomcat().getProbeInterval());
    }
}
