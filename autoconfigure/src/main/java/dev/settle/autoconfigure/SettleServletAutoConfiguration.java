package dev.settle.autoconfigure;

import dev.settle.time.TimeSource;
import dev.settle.web.CallProblems;
import dev.settle.web.RequestSources;
import dev.settle.web.servlet.AbortSignalArgumentResolver;
import dev.settle.web.servlet.AbortSignalFilter;
import dev.settle.web.servlet.ClientWatch;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Auto-configuration for the abort signal of a request, and for problem details, in servlet web applications. A controller can
 * ask for the signal even when Settle is switched off; it is never aborted then.
 */
@AutoConfiguration(after = {SettleAutoConfiguration.class, SettleTomcatAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(SettleWebProperties.class)
public final class SettleServletAutoConfiguration {

    @Bean
    @ConditionalOnBooleanProperty(name = "settle.enabled", matchIfMissing = true)
    @ConditionalOnMissingBean(name = "settleAbortSignalFilter")
    FilterRegistrationBean<AbortSignalFilter> settleAbortSignalFilter(
            TimeSource time, SettleWebProperties properties, ObjectProvider<ClientWatch> watch) {
        RequestSources sources =
                new RequestSources(time, properties.getDeadline().accepted());
        FilterRegistrationBean<AbortSignalFilter> filter =
                new FilterRegistrationBean<>(new AbortSignalFilter(sources, watch.getIfUnique(() -> ClientWatch.NONE)));
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        filter.setOrder(FilterOrder.ABORT_SIGNAL);
        return filter;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebMvcConfigurer.class)
    static class WebMvc {

        @Bean
        WebMvcConfigurer settleWebMvcConfigurer() {
            return new WebMvcConfigurer() {
                @Override
                public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                    resolvers.add(new AbortSignalArgumentResolver());
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
}
