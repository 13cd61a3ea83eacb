package dev.settle.autoconfigure;

import dev.settle.abort.AsyncAbortController;
import dev.settle.activity.Activity;
import dev.settle.actuate.ConcurrencyEndpoint;
import dev.settle.actuate.ConcurrencyWebExtension;
import dev.settle.actuate.NestedSettingsAdvice;
import dev.settle.actuate.NestedSettingsFilter;
import dev.settle.actuate.Problem;
import dev.settle.plan.PlanRegistry;
import dev.settle.plan.RunTimeTuning;
import dev.settle.time.TimeSource;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdvice;

/**
 * Auto-configuration for the endpoint that shows annotated methods and their calls, and tunes them. Each context has its
 * own, because each has its own methods, so a parent's does not count.
 */
@AutoConfiguration(after = SettleAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(PlanRegistry.class)
@RegisterReflectionForBinding(Problem.class)
public class SettleConcurrencyEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @ConditionalOnAvailableEndpoint(endpoint = ConcurrencyEndpoint.class)
    Activity settleActivity(TimeSource time) {
        return new Activity(time);
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @ConditionalOnAvailableEndpoint
    ConcurrencyEndpoint settleConcurrencyEndpoint(
            PlanRegistry registry,
            RunTimeTuning tuning,
            AsyncAbortController controller,
            Activity activity,
            LazyClustering clustering) {
        return new ConcurrencyEndpoint(registry, tuning, controller.inFlight(), activity, clustering::used);
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    @ConditionalOnAvailableEndpoint(endpoint = ConcurrencyEndpoint.class, exposure = EndpointExposure.WEB)
    ConcurrencyWebExtension settleConcurrencyWebExtension(ConcurrencyEndpoint endpoint) {
        return new ConcurrencyWebExtension(endpoint);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RequestBodyAdvice.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnAvailableEndpoint(endpoint = ConcurrencyEndpoint.class, exposure = EndpointExposure.WEB)
    static class WebMvc {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        NestedSettingsAdvice settleNestedSettingsAdvice(ObjectProvider<PathMappedEndpoints> endpoints) {
            return new NestedSettingsAdvice(endpoints::getObject);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebFilter.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnAvailableEndpoint(endpoint = ConcurrencyEndpoint.class, exposure = EndpointExposure.WEB)
    static class WebFlux {

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        NestedSettingsFilter settleNestedSettingsFilter(ObjectProvider<PathMappedEndpoints> endpoints) {
            return new NestedSettingsFilter(endpoints::getObject);
        }
    }
}
