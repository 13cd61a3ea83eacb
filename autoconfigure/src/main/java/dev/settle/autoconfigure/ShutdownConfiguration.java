package dev.settle.autoconfigure;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.AbortPhase;
import dev.settle.lifecycle.AbortPhases;
import dev.settle.lifecycle.CallDrain;
import dev.settle.lifecycle.DrainOnStop;
import dev.settle.lifecycle.OnAbortMethods;
import dev.settle.lifecycle.ShutdownLog;
import dev.settle.lifecycle.ShutdownRegistrar;
import dev.settle.lifecycle.ShutdownSettings;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Role;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;

/** The controller, and what makes its groups settle in the phases of Spring's shutdown. */
@Configuration(proxyBeanMethods = false)
class ShutdownConfiguration {

    /** What Spring waits for a phase when Boot is not told otherwise. */
    private static final Duration BOOTS_PHASE_TIMEOUT = Duration.ofSeconds(30);

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    ShutdownSettings settleShutdownSettings(SettleProperties properties, Environment environment) {
        return properties
                .getShutdown()
                .toSettings(environment.getProperty(
                        "spring.lifecycle.timeout-per-shutdown-phase", Duration.class, BOOTS_PHASE_TIMEOUT));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    ShutdownLog settleShutdownLog(TimeSource time) {
        return new ShutdownLog(time);
    }

    /** Closed, and waited for, when the beans are destroyed: that is the net for a refresh that failed. */
    @Bean
    @ConditionalOnMissingBean
    AsyncAbortController settleAbortController(TimeSource time, ShutdownSettings settings, ShutdownLog log) {
        AsyncAbortController.Builder builder = AsyncAbortController.builder()
                .time(time)
                .listener(log)
                .phaseLimit(settings.phaseTimeout())
                .phaseLimits(settings.phaseTimeouts());
        if (settings.totalTimeout() != null) {
            builder.closeLimit(settings.totalTimeout());
        }
        return builder.build();
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    CallDrain settleCallDrain(AsyncAbortController controller, TimeSource time) {
        return new CallDrain(controller, time);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    ShutdownRegistrar settleShutdownRegistrar(
            ConfigurableApplicationContext context,
            AsyncAbortController controller,
            CallDrain drain,
            ShutdownLog log,
            ShutdownSettings settings,
            TimeSource time) {
        return new ShutdownRegistrar(context, controller, drain, log, settings, time);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "settle.shutdown.drain-on-stop")
    DrainOnStop settleDrainOnStop(CallDrain drain, ConfigurableApplicationContext context) {
        return new DrainOnStop(drain, context::isClosed);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static OnAbortMethods settleOnAbortMethods(ObjectProvider<AsyncAbortController> controller) {
        return new OnAbortMethods(controller::getObject);
    }

    /** The group for an injection point: that of the phase it names, else of phase 0. */
    @Bean
    @Primary
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    AbortGroup settleAbortGroup(AsyncAbortController controller, @Nullable InjectionPoint point) {
        int phase = Optional.ofNullable(point)
                .map(found -> found.getAnnotation(AbortPhase.class))
                .map(AbortPhase::value)
                .orElse(AbortPhases.DEFAULT);
        return controller.phase(phase);
    }
}
