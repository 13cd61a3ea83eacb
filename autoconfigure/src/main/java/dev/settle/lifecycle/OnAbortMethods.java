package dev.settle.lifecycle;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.Registration;
import dev.settle.annotation.OnAbort;
import dev.settle.time.Nanos;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.MergedBeanDefinitionPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ApplicationListener;
import org.springframework.context.Phased;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Registers {@link OnAbort} methods as cleanups, when their bean is ready.
 *
 * <p>Spring puts post-processors that look at merged bean definitions behind all others, as it does with its own detector of
 * listeners. So the bean that is seen here is what others are given: its proxy, if it has one.
 */
public final class OnAbortMethods
        implements MergedBeanDefinitionPostProcessor,
                DestructionAwareBeanPostProcessor,
                ApplicationListener<ContextRefreshedEvent>,
                BeanFactoryAware,
                AopInfrastructureBean {

    /** Each priority is a group, and so are all before it. */
    private static final int MOST_PRIORITY = 100;

    private record Rank(int phase, int priority) {}

    private final Supplier<AsyncAbortController> controller;
    private final Map<Class<?>, Map<Method, OnAbort>> methods = new ConcurrentHashMap<>();
    private final Map<String, List<Registration>> registrations = new ConcurrentHashMap<>();
    private final Map<Rank, AbortGroup> groups = new ConcurrentHashMap<>();
    private ConfigurableBeanFactory beans = new DefaultListableBeanFactory();
    private volatile boolean started;

    /** Creates the post-processor; the controller is asked for when the first such method is found. */
    public OnAbortMethods(Supplier<AsyncAbortController> controller) {
        this.controller = controller;
    }

    @Override
    public void setBeanFactory(BeanFactory beans) {
        this.beans = (ConfigurableBeanFactory) beans;
    }

    /** Events of child contexts come here as well. */
    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        if (event.getApplicationContext().getAutowireCapableBeanFactory() == this.beans) {
            this.started = true;
        }
    }

    @Override
    public void postProcessMergedBeanDefinition(RootBeanDefinition definition, Class<?> type, String beanName) {}

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (!(bean instanceof AopInfrastructureBean)) {
            methods(bean).forEach((method, onAbort) -> register(bean, beanName, method, onAbort));
        }
        return bean;
    }

    private Map<Method, OnAbort> methods(Object bean) {
        return this.methods.computeIfAbsent(
                ClassUtils.getUserClass(AopUtils.getTargetClass(bean)), OnAbortMethods::find);
    }

    static Map<Method, OnAbort> find(Class<?> type) {
        if (!AnnotationUtils.isCandidateClass(type, OnAbort.class)) {
            return Map.of();
        }
        return MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<OnAbort>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, OnAbort.class));
    }

    private void register(Object bean, String beanName, Method method, OnAbort onAbort) {
        String place = "@OnAbort method " + method.getDeclaringClass().getName() + "." + method.getName() + " of bean '"
                + beanName + "'";
        if (this.beans.containsBean(beanName) && !this.beans.isSingleton(beanName)) {
            throw new InvalidCleanupException(
                    place,
                    "the bean is no singleton, so nobody would ever take the registration back",
                    "Register the cleanup in code, with AbortGroup.onAbort, and remove the registration when the object"
                            + " has done its work.");
        }
        OnAbortCleanup cleanup = OnAbortCleanup.of(place, bean, method);
        AbortGroup group = group(place, phase(bean, onAbort), onAbort.priority());
        String name = beanName + "." + method.getName();
        Duration limit = limit(place, onAbort.timeout());
        Registration registration =
                (limit == null) ? group.onAbort(name, cleanup) : group.onAbort(name, limit, cleanup);
        this.registrations.computeIfAbsent(beanName, key -> new ArrayList<>()).add(registration);
    }

    /** The rule that Spring has for beans: what names no phase is in phase 0. */
    private static int phase(Object bean, OnAbort onAbort) {
        if (onAbort.phase() != OnAbort.BEAN_PHASE) {
            return onAbort.phase();
        }
        return (bean instanceof Phased phased) ? phased.getPhase() : AbortPhases.DEFAULT;
    }

    private AbortGroup group(String place, int phase, int priority) {
        if (priority < 0 || priority > MOST_PRIORITY) {
            throw new InvalidCleanupException(
                    place,
                    "the priority " + priority + ((priority < 0) ? " is negative" : " is above " + MOST_PRIORITY),
                    "Use a priority from 0 to " + MOST_PRIORITY + "; what must come last of all has a lower phase.");
        }
        AbortGroup group = this.controller.get().phase(phase);
        for (int i = 1; i <= priority; i++) {
            AbortGroup before = group;
            group = this.groups.computeIfAbsent(new Rank(phase, i), rank -> before.nextGroup());
        }
        return group;
    }

    private @Nullable Duration limit(String place, String written) {
        String text = this.beans.resolveEmbeddedValue(written);
        if (!StringUtils.hasText(text)) {
            return null;
        }
        try {
            Duration limit = DurationFormatterUtils.detectAndParse(text);
            if (Nanos.of(limit) > 0) {
                return limit;
            }
        } catch (IllegalArgumentException ex) {
            // Said below, with the place.
        }
        throw new InvalidCleanupException(
                place,
                "the timeout \"" + text + "\" is no positive duration",
                "Write a number and a unit, as in \"300ms\" or \"2s\".");
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return !methods(bean).isEmpty();
    }

    /**
     * A bean that goes before the application does takes its cleanups with it. But before the application is up it goes
     * because the start has failed: then they stay, for the controller, which goes after it, to run.
     */
    @Override
    public void postProcessBeforeDestruction(Object bean, String beanName) {
        if (!this.started) {
            return;
        }
        List<Registration> registered = this.registrations.remove(beanName);
        if (registered != null) {
            registered.forEach(Registration::remove);
        }
    }
}
