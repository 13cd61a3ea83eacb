package dev.settle.actuate;

import dev.settle.autoconfigure.SettleAbortGroupsEndpointAutoConfiguration;
import dev.settle.autoconfigure.SettleConcurrencyEndpointAutoConfiguration;
import dev.settle.autoconfigure.SettleHealthAutoConfiguration;
import dev.settle.web.Servers;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.actuate.web.server.NettyReactiveManagementContextAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatServletManagementContextAutoConfiguration;

/** Applications whose endpoints are reached over HTTP. */
final class Actuators {

    private static final String[] EXPOSED = {
        "management.endpoints.web.exposure.include=concurrency,abortgroups,health",
        "management.endpoint.health.show-details=always"
    };

    /** Lets endpoints change something; as the constant is spelled, because a context runner converts nothing else. */
    static final String[] UNRESTRICTED = {
        "management.endpoint.concurrency.access=UNRESTRICTED", "management.endpoint.abortgroups.access=UNRESTRICTED"
    };

    private Actuators() {}

    /** Spring MVC on Tomcat. */
    static WebApplicationContextRunner tomcat() {
        return Servers.tomcat()
                .withConfiguration(common())
                .withConfiguration(AutoConfigurations.of(TomcatServletManagementContextAutoConfiguration.class))
                .withBean(GiveUpAtClose.class)
                .withPropertyValues(EXPOSED);
    }

    /** Spring WebFlux on Netty. */
    static ReactiveWebApplicationContextRunner netty() {
        return Servers.netty()
                .withConfiguration(common())
                .withConfiguration(AutoConfigurations.of(NettyReactiveManagementContextAutoConfiguration.class))
                .withBean(GiveUpAtClose.class)
                .withPropertyValues(EXPOSED);
    }

    private static AutoConfigurations common() {
        return AutoConfigurations.of(
                SettleConcurrencyEndpointAutoConfiguration.class,
                SettleAbortGroupsEndpointAutoConfiguration.class,
                SettleHealthAutoConfiguration.class,
                EndpointAutoConfiguration.class,
                WebEndpointAutoConfiguration.class,
                JacksonEndpointAutoConfiguration.class,
                ManagementContextAutoConfiguration.class,
                HealthContributorAutoConfiguration.class,
                HealthContributorRegistryAutoConfiguration.class,
                HealthEndpointAutoConfiguration.class);
    }
}
