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
import org.springframework.context.Phased;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** Registers {@link OnAbort} methods as cleanups, when their bean is ready. */
public final class OnAbortMethods implements DestructionAwareBeanPostProcessor, BeanFactoryAware, AopInfrastructureBean {

    private record Rank(int phase, int priority) {}

    private final Supplier<AsyncAbortController> controller;
    private final Map<String, List<Registration>> registrations = new ConcurrentHashMap<>();
    private final Map<Rank, AbortGroup> groups = new ConcurrentHashMap<>();
    private ConfigurableBeanFactory beans = new DefaultListableBeanFactory();

    /** Creates the post-processor; the controller is asked for when the first such method is found. */
    public OnAbortMethods(Supplier<AsyncAbortController> controller) {
        this.controller = controller;
    }

    @Override
    public void setBeanFactory(BeanFactory beans) {
        this.beans = (ConfigurableBeanFactory) beans;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Class<?> type = ClassUtils.getUserClass(AopUtils.getTargetClass(bean));
        if (bean instanceof AopInfrastructureBean || !AnnotationUtils.isCandidateClass(type, OnAbort.class)) {
            return bean;
        }
        Map<Method, OnAbort> methods = MethodIntrospector.selectMethods(
                type,
                (MethodIntrospector.MetadataLookup<OnAbort>)
                        method -> AnnotatedElementUtils.findMergedAnnotation(method, OnAbort.class));
        methods.forEach((method, onAbort) -> register(bean, beanName, method, onAbort));
        return bean;
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
        this.registrations
                .computeIfAbsent(beanName, key -> new ArrayList<>())
                .add(registration);
    }

    /** The rule that Spring has for beans: what names no phase is in phase 0. */
    private static int phase(Object bean, OnAbort onAbort) {
        if (onAbort.phase() != OnAbort.BEAN_PHASE) {
            return onAbort.phase();
        }
        return (bean instanceof Phased phased) ? phased.getPhase() : AbortPhases.DEFAULT;
    }

    private AbortGroup group(String place, int phase, int priority) {
        if (priority < 0) {
            throw new InvalidCleanupException(
                    place, "the priority " + priority + " is negative", "Use a priority from 0 up.");
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
        return AnnotationUtils.isCandidateClass(
                ClassUtils.getUserClass(AopUtils.getTargetClass(bean)), OnAbort.class);
    }

    /** A bean that goes before the application does takes its cleanups with it. */
    @Override
    public void postProcessBeforeDestruction(Object bean, String beanName) {
        List<Registration> registered = this.registrations.remove(beanName);
        if (registered != null) {
            registered.forEach(Registration::remove);
        }
    }
}
