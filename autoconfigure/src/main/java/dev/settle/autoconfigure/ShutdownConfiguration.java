package dev.settle.autoconfigure;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortListener;
import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.AbortPhase;
import dev.settle.core.InvalidSettingException;
import dev.settle.flow.Background;
import dev.settle.lifecycle.AbortPhases;
import dev.settle.lifecycle.CallDrain;
import dev.settle.lifecycle.DrainOnStop;
import dev.settle.lifecycle.LifecycleHook;
import dev.settle.lifecycle.OnAbortMethods;
import dev.settle.lifecycle.ShutdownLog;
import dev.settle.lifecycle.ShutdownRecorder;
import dev.settle.lifecycle.ShutdownRegistrar;
import dev.settle.lifecycle.ShutdownReportFile;
import dev.settle.lifecycle.ShutdownSettings;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Role;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/** The controller, and what makes its groups settle in the phases of Spring's shutdown. */
@Configuration(proxyBeanMethods = false)
class ShutdownConfiguration {

    private static final Pattern SIGNED_PHASE = Pattern.compile("settle\\.shutdown\\.phase-?[tT]imeouts\\.(-\\d+)");

    /** What Spring waits for a phase when Boot has not set it up. */
    private static final Duration SPRINGS_PHASE_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    ShutdownSettings settleShutdownSettings(
            SettleProperties properties,
            ObjectProvider<LifecycleProperties> spring,
            ConfigurableEnvironment environment) {
        checkPhases(environment);
        LifecycleProperties boots = spring.getIfAvailable();
        return properties
                .getShutdown()
                .toSettings((boots != null) ? boots.getTimeoutPerShutdownPhase() : SPRINGS_PHASE_TIMEOUT);
    }

    /** Boot drops the sign of a key without brackets: the limit would be another phase's, and nobody would notice. */
    private static void checkPhases(ConfigurableEnvironment environment) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> properties) {
                for (String name : properties.getPropertyNames()) {
                    Matcher matcher = SIGNED_PHASE.matcher(name);
                    if (matcher.matches()) {
                        throw new InvalidSettingException(
                                name,
                                "the phase would lose its sign",
                                "write it in brackets, settle.shutdown.phase-timeouts[" + matcher.group(1) + "]");
                    }
                }
            }
        }
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    ShutdownLog settleShutdownLog(TimeSource time) {
        return new ShutdownLog(time);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    ShutdownReportFile settleShutdownReportFile(SettleProperties properties, ConfigurableApplicationContext context) {
        ShutdownReportFile file = ShutdownReportFile.of(properties.getShutdown().getReportFile());
        ApplicationContext parent = context.getParent();
        ShutdownReportFile parents = (parent == null)
                ? null
                : parent.getBeanProvider(ShutdownReportFile.class).getIfAvailable();
        return (parents == null) ? file : file.below(parents);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    ShutdownRecorder settleShutdownRecorder(TimeSource time, ShutdownReportFile file, Environment environment) {
        return new ShutdownRecorder(time, file, environment.getProperty("spring.application.name"));
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    AbortListeners settleAbortListeners(
            ShutdownLog log, ShutdownRecorder recorder, ObjectProvider<AbortListener> beans) {
        return new AbortListeners(log, recorder, beans);
    }

    /**
     * Closed, and waited for, when the beans are destroyed: that is the net for a refresh that failed. A child context has
     * one of its own: closing it must not abort what its parent has.
     */
    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    AsyncAbortController settleAbortController(TimeSource time, ShutdownSettings settings, AbortListeners listeners) {
        AsyncAbortController.Builder builder = AsyncAbortController.builder()
                .time(time)
                .listener(listeners)
                .phaseLimit(settings.phaseTimeout())
                .phaseLimits(settings.phaseTimeouts());
        if (settings.totalTimeout() != null) {
            builder.closeLimit(settings.totalTimeout());
        }
        return builder.build();
    }

    /** Its work is tracked by the controller: the drain waits for it, and what is left then is aborted with phase 0. */
    @Bean
    @ConditionalOnMissingBean
    Background settleBackground(AsyncAbortController controller) {
        return Background.of(controller);
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
            ShutdownRecorder recorder,
            ShutdownSettings settings,
            TimeSource time) {
        return new ShutdownRegistrar(context, controller, drain, log, recorder, settings, time);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "settle.shutdown.drain-on-stop")
    DrainOnStop settleDrainOnStop(CallDrain drain, ConfigurableApplicationContext context) {
        return new DrainOnStop(drain, context::isClosed);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "settle.shutdown.drain-on-stop")
    LifecycleHook settleReopenOnStart(CallDrain drain) {
        // Before any other bean starts: beans make calls when they start.
        return new LifecycleHook(LifecycleHook.OUTERMOST, drain::resume, () -> {});
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
    AbortGroup settleAbortGroup(AsyncAbortController controller, InjectionPoint point) {
        // On the parameter or field itself, or on the method that it is a parameter of.
        return controller.phase(Optional.ofNullable(point.getAnnotation(AbortPhase.class))
                .or(() -> Optional.ofNullable(point.getAnnotatedElement().getAnnotation(AbortPhase.class)))
                .map(AbortPhase::value)
                .orElse(AbortPhases.DEFAULT));
    }
}
