package dev.settle.autoconfigure;

import dev.settle.web.client.DeadlineFilter;
import dev.settle.web.client.DeadlineInterceptor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Auto-configuration that sends the time left on to the next service. */
@AutoConfiguration(after = SettleAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "settle.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "settle.web.deadline.send")
@EnableConfigurationProperties(SettleWebProperties.class)
public final class SettleHttpClientAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RestClientCustomizer.class, RestClient.class})
    static class RestClients {

        @Bean
        RestClientCustomizer settleDeadlineRestClientCustomizer(SettleWebProperties properties) {
            DeadlineInterceptor interceptor =
                    new DeadlineInterceptor(properties.getDeadline().sent());
            return builder -> builder.requestInterceptor(interceptor);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({WebClientCustomizer.class, WebClient.class})
    static class WebClients {

        @Bean
        WebClientCustomizer settleDeadlineWebClientCustomizer(SettleWebProperties properties) {
            DeadlineFilter filter = new DeadlineFilter(properties.getDeadline().sent());
            return builder -> builder.filter(filter);
        }
    }
}
