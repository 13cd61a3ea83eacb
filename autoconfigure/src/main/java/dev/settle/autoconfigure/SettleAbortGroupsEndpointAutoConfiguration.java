package dev.settle.autoconfigure;

import dev.settle.abort.AsyncAbortController;
import dev.settle.actuate.AbortGroupsEndpoint;
import dev.settle.actuate.AbortGroupsWebExtension;
import dev.settle.actuate.Problem;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the endpoint that shows the groups of the abort controller, and drains. Each context has its own,
 * because each has its own controller, so a parent's does not count.
 */
@AutoConfiguration(after = SettleAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(AsyncAbortController.class)
@RegisterReflectionForBinding(Problem.class)
public class SettleAbortGroupsEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @ConditionalOnAvailableEndpoint
    AbortGroupsEndpoint settleAbortGroupsEndpoint(AsyncAbortController controller) {
        return new AbortGroupsEndpoint(controller);
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @ConditionalOnAvailableEndpoint(endpoint = AbortGroupsEndpoint.class, exposure = EndpointExposure.WEB)
    AbortGroupsWebExtension settleAbortGroupsWebExtension(AbortGroupsEndpoint endpoint) {
        return new AbortGroupsWebExtension(endpoint);
    }
}
