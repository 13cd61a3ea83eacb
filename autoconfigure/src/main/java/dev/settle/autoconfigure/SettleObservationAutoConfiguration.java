package dev.settle.autoconfigure;

import dev.settle.metrics.AttemptObservationConvention;
import dev.settle.metrics.CallObservationConvention;
import dev.settle.metrics.CallObservations;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

/** Auto-configuration for observations of calls, which are described in {@link dev.settle.metrics.SettleObservation}. */
@AutoConfiguration(
        after = SettleAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnBooleanProperty(name = "settle.enabled", matchIfMissing = true)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
public final class SettleObservationAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    CallObservations settleCallObservations(
            ObservationRegistry registry,
            ObjectProvider<CallObservationConvention> calls,
            ObjectProvider<AttemptObservationConvention> attempts) {
        return new CallObservations(registry, calls.getIfAvailable(), attempts.getIfAvailable());
    }
}
