package dev.settle.autoconfigure;

import dev.settle.plan.PlanRegistry;
import dev.settle.plan.PolicyBindings;
import dev.settle.plan.RunTimeTuning;
import dev.settle.plan.Settings;
import dev.settle.plan.Vocabulary;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/** What the application says of settings, at its start and later. */
@Configuration(proxyBeanMethods = false)
class TuningConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    Vocabulary settleVocabulary(PolicyBindings bindings) {
        return new Vocabulary(bindings.outermostFirst());
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    Settings settleConfiguredSettings(Environment environment, Vocabulary vocabulary) {
        if (!SpellingCheck.mayBeWritten(environment)) {
            return new Settings.Builder().build();
        }
        SpellingCheck.check(environment);
        return SettingsReader.read(environment, vocabulary);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    PlanRegistry settlePlanRegistry(Settings configured) {
        return new PlanRegistry(configured);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    RunTimeTuning settleRunTimeTuning(PlanRegistry registry, Vocabulary vocabulary, Settings configured) {
        return new RunTimeTuning(registry, vocabulary, configured);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    UnusedSettings settleUnusedSettings(PlanRegistry registry, Settings configured) {
        return new UnusedSettings(registry, configured);
    }

    /** With Spring Cloud, the environment may change. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EnvironmentChangeEvent.class)
    static class Refresh {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        SettingsRefresh settleSettingsRefresh(
                Environment environment, Vocabulary vocabulary, RunTimeTuning tuning, UnusedSettings unused) {
            return new SettingsRefresh(environment, vocabulary, tuning, unused);
        }
    }
}
