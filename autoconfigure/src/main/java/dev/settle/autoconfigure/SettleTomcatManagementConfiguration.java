package dev.settle.autoconfigure;

import dev.settle.web.tomcat.Connections;
import dev.settle.web.tomcat.DisconnectProbe;
import org.apache.coyote.http11.Http11NioProtocol;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;

/** Has the Tomcat of a management port of its own tell its connections, too. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({TomcatServletWebServerFactory.class, Http11NioProtocol.class})
@ConditionalOnBean(Connections.class)
public class SettleTomcatManagementConfiguration {

    @Bean
    KnownConnections settleManagementConnections(
            Connections connections, ObjectProvider<DisconnectProbe> probes, SettleWebProperties properties) {
        return new KnownConnections(connections, probes, properties.getTomcat().getProbeInterval());
    }
}
