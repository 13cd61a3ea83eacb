package dev.settle.autoconfigure;

import dev.settle.activity.Activity;
import dev.settle.lifecycle.LifecycleHook;
import dev.settle.lifecycle.ShutdownReportFile;
import dev.settle.plan.PlanRegistry;
import dev.settle.time.TimeSource;
import dev.settle.ui.Feed;
import dev.settle.ui.LivePaths;
import dev.settle.ui.ReactiveHeaders;
import dev.settle.ui.ReactiveTransport;
import dev.settle.ui.ServletTransport;
import dev.settle.ui.SettleUiEndpoint;
import dev.settle.ui.Transport;
import dev.settle.web.servlet.WriteTimeouts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.web.server.WebFilter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Auto-configuration for the live page. It is there when it is exposed, and only then. */
@AutoConfiguration(after = {SettleAutoConfiguration.class, SettleConcurrencyEndpointAutoConfiguration.class})
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(PlanRegistry.class)
public class SettleUiEndpointAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(endpoint = SettleUiEndpoint.class, exposure = EndpointExposure.WEB)
    static class Exposed {

        /** Where the other endpoint is not exposed, which counts calls, too. */
        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        Activity settleActivity(TimeSource time) {
            return new Activity(time);
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        LivePaths settleLivePaths(
                ObjectProvider<PathMappedEndpoints> endpoints,
                ObjectProvider<EndpointAccessResolver> access,
                Environment environment) {
            return new LivePaths(endpoints::getObject, access::getIfAvailable, environment);
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        Feed settleFeed(PlanRegistry registry, Activity activity, TimeSource time, LivePaths paths) {
            return new Feed(registry, activity, time, paths::about);
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        SettleUiEndpoint settleUiEndpoint(
                Feed feed, ObjectProvider<Transport> transport, LivePaths paths, ShutdownReportFile report) {
            return new SettleUiEndpoint(
                    feed, transport.getIfAvailable(() -> new Transport() {}), paths::own, report.lastRun());
        }

        @Bean
        StreamsEnd settleStreamsEnd(Feed feed, ApplicationContext context) {
            return new StreamsEnd(feed, context);
        }

        /** No event tells beforehand that a context stops and is not closed. */
        @Bean
        LifecycleHook settleStreamsPause(Feed feed) {
            return new LifecycleHook(LifecycleHook.INNERMOST, feed::resume, feed::stop);
        }
    }

    /** First of all: a web server that stops waits for what it still answers. */
    record StreamsEnd(Feed feed, ApplicationContext context)
            implements ApplicationListener<ContextClosedEvent>, Ordered {

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            if (event.getApplicationContext() == this.context) {
                this.feed.stop();
            }
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SseEmitter.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnAvailableEndpoint(endpoint = SettleUiEndpoint.class, exposure = EndpointExposure.WEB)
    static class WebMvc {

        @Bean
        @ConditionalOnMissingBean(value = Transport.class, search = SearchStrategy.CURRENT)
        ServletTransport settleServletTransport(ObjectProvider<WriteTimeouts> timeouts) {
            return new ServletTransport(timeouts.getIfAvailable(() -> WriteTimeouts.NONE));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebFilter.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnAvailableEndpoint(endpoint = SettleUiEndpoint.class, exposure = EndpointExposure.WEB)
    static class WebFlux {

        @Bean
        @ConditionalOnMissingBean(value = Transport.class, search = SearchStrategy.CURRENT)
        ReactiveTransport settleReactiveTransport() {
            return new ReactiveTransport();
        }

        @Bean
        @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
        ReactiveHeaders settleReactiveHeaders(ObjectProvider<PathMappedEndpoints> endpoints) {
            return new ReactiveHeaders(endpoints::getObject);
        }
    }
}
