package dev.settle.autoconfigure;

import dev.settle.time.TimeSource;
import dev.settle.web.CallProblems;
import dev.settle.web.RequestSources;
import dev.settle.web.reactive.AbortSignalWebFilter;
import dev.settle.web.reactive.ReactiveAbortSignalArgumentResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/**
 * Auto-configuration for the abort signal of an exchange, and for problem details, in reactive web applications. A controller
 * can ask for the signal even when Settle is switched off; it is never aborted then.
 */
@AutoConfiguration(after = SettleAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(WebFluxConfigurer.class)
@EnableConfigurationProperties(SettleWebProperties.class)
public final class SettleReactiveWebAutoConfiguration {

    @Bean
    @ConditionalOnBooleanProperty(name = "settle.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean
    AbortSignalWebFilter settleAbortSignalWebFilter(TimeSource time, SettleWebProperties properties) {
        RequestSources sources =
                new RequestSources(time, properties.getDeadline().accepted());
        return new AbortSignalWebFilter(sources, FilterOrder.ABORT_SIGNAL);
    }

    @Bean
    WebFluxConfigurer settleWebFluxConfigurer() {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
                configurer.addCustomResolver(new ReactiveAbortSignalArgumentResolver());
            }
        };
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "settle.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "settle.web.problem-details", matchIfMissing = true)
    CallProblems settleCallProblems(SettleWebProperties properties) {
        return new CallProblems(properties.getRetryAfter());
    }
}
