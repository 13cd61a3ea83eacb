package dev.settle.lifecycle;

import dev.settle.abort.AsyncAbortController;
import dev.settle.time.TimeSource;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.Phased;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;

/**
 * Registers a sweeper for each phase when the context begins to close. Spring looks at its lifecycle beans right after that
 * event, so the sweepers are seen; a bean registered later, or from another thread while singletons are created, would not
 * be.
 *
 * <p>Besides the phases of the groups there is a sweeper in each phase that has other lifecycle beans, which sees to the
 * time that Spring gives them, and one just above: a group that is made during shutdown settles before the beans of the
 * next lower phase stop.
 */
public final class ShutdownRegistrar implements GenericApplicationListener {

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownRegistrar.class);

    private final ConfigurableApplicationContext context;
    private final AsyncAbortController controller;
    private final CallDrain drain;
    private final ShutdownLog log;
    private final ShutdownRecorder recorder;
    private final ShutdownSettings settings;
    private final TimeSource time;

    /** Creates the registrar of a context. */
    public ShutdownRegistrar(
            ConfigurableApplicationContext context,
            AsyncAbortController controller,
            CallDrain drain,
            ShutdownLog log,
            ShutdownRecorder recorder,
            ShutdownSettings settings,
            TimeSource time) {
        this.context = context;
        this.controller = controller;
        this.drain = drain;
        this.log = log;
        this.recorder = recorder;
        this.settings = settings;
        this.time = time;
    }

    @Override
    public boolean supportsEventType(ResolvableType type) {
        return ResolvableType.forClass(ApplicationContextEvent.class).isAssignableFrom(type);
    }

    /** Not even when the application's multicaster is asynchronous: the sweepers must be there when the event is over. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    /** First: another listener that throws ends the event. What others register in it is swept with a later phase. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /** Events of child contexts come here as well. */
    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (!(event instanceof ApplicationContextEvent own) || own.getApplicationContext() != this.context) {
            return;
        }
        if (event instanceof ContextClosedEvent) {
            closing();
        } else if (event instanceof ContextRefreshedEvent) {
            warnAboutTotal();
        }
    }

    private void closing() {
        Set<Integer> foreign = foreignPhases();
        Set<Integer> phases = new TreeSet<>(this.controller.openPhases());
        phases.add(AbortPhases.WEB_DRAIN);
        phases.add(AbortPhases.WEB_DRAIN - 1);
        phases.add(AbortPhases.LAST);
        if (!this.settings.delay().isZero()) {
            phases.add(Integer.MAX_VALUE);
        }
        for (int phase : foreign) {
            phases.add(phase);
            phases.add((phase < Integer.MAX_VALUE) ? phase + 1 : phase);
        }
        ShutdownDriver driver = new ShutdownDriver(
                this.controller, this.drain, this.log, this.recorder, this.settings, this.time, processor(), foreign);
        for (int phase : phases) {
            this.context.getBeanFactory().registerSingleton("settle.phase." + phase, new PhaseSweeper(phase, driver));
        }
        driver.begin();
    }

    /** Where other lifecycle beans stop, by the rule that Spring itself has. Creates none that is not there yet. */
    private Set<Integer> foreignPhases() {
        Set<Integer> phases = new TreeSet<>();
        ConfigurableListableBeanFactory beans = this.context.getBeanFactory();
        for (String name : beans.getBeanNamesForType(Lifecycle.class, false, false)) {
            Object bean = beans.getSingleton(BeanFactoryUtils.transformedBeanName(name));
            if (bean instanceof Lifecycle lifecycle && !isOurs(lifecycle)) {
                addPhase(name, lifecycle, phases);
            }
        }
        return phases;
    }

    /** A bean that fails when it is asked must not cost the others their order. */
    private static void addPhase(String name, Lifecycle bean, Set<Integer> phases) {
        try {
            if (bean.isRunning()) {
                phases.add((bean instanceof Phased phased) ? phased.getPhase() : 0);
            }
        } catch (RuntimeException ex) {
            LOG.warn("Lifecycle bean '{}' does not say whether it is running, or in which phase", name, ex);
        }
    }

    private static boolean isOurs(Lifecycle bean) {
        return bean instanceof LifecycleProcessor || bean instanceof DrainOnStop || bean instanceof LifecycleHook;
    }

    private @Nullable DefaultLifecycleProcessor processor() {
        String name = AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME;
        if (!this.context.getBeanFactory().containsLocalBean(name)) {
            return null;
        }
        LifecycleProcessor processor = this.context.getBeanFactory().getBean(name, LifecycleProcessor.class);
        return (processor instanceof DefaultLifecycleProcessor standard) ? standard : null;
    }

    private void warnAboutTotal() {
        if (this.settings.totalTimeout() == null) {
            return;
        }
        Set<Integer> phases = foreignPhases();
        phases.addAll(this.controller.openPhases());
        long sum = phases.stream()
                .mapToLong(phase -> this.settings.springTimeout(phase).toMillis())
                .sum();
        if (sum > this.settings.totalTimeout().toMillis()) {
            LOG.warn(
                    "The {} phases of shutdown may take {} ms in all (spring.lifecycle.timeout-per-shutdown-phase,"
                            + " settle.shutdown.phase-timeouts), more than settle.shutdown.total-timeout of {} ms: phases"
                            + " that hang will be cut short",
                    phases.size(),
                    sum,
                    this.settings.totalTimeout().toMillis());
        }
    }
}
