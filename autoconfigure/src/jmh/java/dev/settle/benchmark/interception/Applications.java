package dev.settle.benchmark.interception;

import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.autoconfigure.SettleMetricsAutoConfiguration;
import dev.settle.autoconfigure.SettleObservationAutoConfiguration;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import io.github.resilience4j.springboot.timelimiter.autoconfigure.TimeLimiterAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;

/** The applications around the beans: the auto-configuration of the starter, and its defaults. */
final class Applications {

    private Applications() {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({AopAutoConfiguration.class, SettleAutoConfiguration.class})
    static class Settle {}

    /** With meters, as Boot's actuator brings them, and no observations. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        AopAutoConfiguration.class,
        SettleAutoConfiguration.class,
        SettleMetricsAutoConfiguration.class
    })
    static class SettleMetered {

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    /** With meters, and observations that are turned into meters, too: what an application with Boot's actuator has. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SettleObservationAutoConfiguration.class)
    static class SettleObserved extends SettleMetered {

        @Bean
        ObservationRegistry observations(MeterRegistry registry) {
            ObservationRegistry observations = ObservationRegistry.create();
            observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
            return observations;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        AopAutoConfiguration.class,
        BulkheadAutoConfiguration.class,
        RateLimiterAutoConfiguration.class,
        RetryAutoConfiguration.class,
        TimeLimiterAutoConfiguration.class
    })
    static class Resilience4j {}

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods(proxyTargetClass = true)
    static class Spring {}
}
