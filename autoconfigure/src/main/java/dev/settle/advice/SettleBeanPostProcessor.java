package dev.settle.advice;

import dev.settle.plan.InvalidPlanException;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.MethodPlans;
import dev.settle.plan.PolicyBindings;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.Phased;
import org.springframework.core.Ordered;
import org.springframework.core.SmartClassLoader;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Puts Settle's advisor on each bean that has annotated methods, by itself and not through auto-proxying, so that it works
 * with {@code spring.aop.auto=false} too.
 *
 * <p>It is not ordered, so it comes after all ordered post-processors: when it sees a bean, {@code @Async},
 * {@code @Transactional} and {@code @Cacheable} have their advisors there, and it puts its own in front of them.
 */
public final class SettleBeanPostProcessor implements BeanPostProcessor, BeanClassLoaderAware, AopInfrastructureBean {

    private final PolicyBindings bindings;
    private final Supplier<MethodPlans> plans;
    private final int order;
    private final Map<Class<?>, Boolean> concerned = new ConcurrentHashMap<>(256);
    private final Map<BeanKey, SettleAdvisor> advisors = new ConcurrentHashMap<>();
    private @Nullable ClassLoader classLoader = ClassUtils.getDefaultClassLoader();

    /**
     * Creates the post-processor.
     *
     * @param bindings the policies whose annotations are looked for
     * @param plans asked when the first annotated bean is created
     * @param order where the advisor goes among a bean's others; {@code Ordered.HIGHEST_PRECEDENCE} is outermost
     */
    public SettleBeanPostProcessor(PolicyBindings bindings, Supplier<MethodPlans> plans, int order) {
        this.bindings = bindings;
        this.plans = plans;
        this.order = order;
    }

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof AopInfrastructureBean) {
            return bean;
        }
        Class<?> type = ClassUtils.getUserClass(AopUtils.getTargetClass(bean));
        if (!this.concerned.computeIfAbsent(type, key -> MethodPlans.concerns(key, this.bindings.outermostFirst()))) {
            return bean;
        }
        return advise(bean, type, beanName, shared(new BeanKey(policyName(beanName), type), bean));
    }

    /**
     * One state for a bean, whatever instance or proxy a call comes through: prototypes leak nothing.
     *
     * <p>Not computeIfAbsent: to make an advisor may create other beans that are advised too, on this thread or behind the
     * container's lock. The first advisor that is kept wins; another of the same moment has not been used.
     */
    private SettleAdvisor shared(BeanKey key, Object bean) {
        SettleAdvisor present = this.advisors.get(key);
        if (present != null) {
            return present;
        }
        SettleAdvisor made = advisor(key, (bean instanceof Phased phased) ? phased.getPhase() : 0);
        SettleAdvisor first = this.advisors.putIfAbsent(key, made);
        return (first != null) ? first : made;
    }

    private SettleAdvisor advisor(BeanKey key, int phase) {
        Map<Method, MethodPlan> plans = this.plans.get().of(key.name(), key.type(), phase);
        return new SettleAdvisor(new SettleInterceptor(key.type(), plans), plans, this.order);
    }

    private static String policyName(String beanName) {
        if (beanName.startsWith("scopedTarget.")) {
            return ScopedProxyUtils.isScopedTarget(beanName) ? beanName.substring("scopedTarget.".length()) : beanName;
        }
        return StringUtils.hasText(beanName) ? beanName : "bean";
    }

    private Object advise(Object bean, Class<?> type, String beanName, SettleAdvisor advisor) {
        if (bean instanceof Advised advised && !advised.isFrozen()) {
            advised.addAdvisor(position(advised), advisor);
            return bean;
        }
        ProxyFactory factory = new ProxyFactory();
        factory.setTarget(bean);
        factory.setProxyTargetClass(true);
        factory.addAdvisor(advisor);
        try {
            return factory.getProxy(proxyLoader(type));
        } catch (AopConfigException ex) {
            throw unproxyable(beanName, type, ex);
        }
    }

    /** As Spring's own: a class that the overriding loader (of the developer tools) has not loaded is not to be seen in it. */
    private @Nullable ClassLoader proxyLoader(Class<?> type) {
        ClassLoader loader = (this.classLoader != null) ? this.classLoader : type.getClassLoader();
        return (loader instanceof SmartClassLoader smart && loader != type.getClassLoader())
                ? smart.getOriginalClassLoader()
                : loader;
    }

    private static InvalidPlanException unproxyable(String beanName, Class<?> type, AopConfigException cause) {
        String what =
                Modifier.isFinal(type.getModifiers()) ? "final" : type.isSealed() ? "sealed" : "not open to proxies";
        return new InvalidPlanException(
                "Bean '" + beanName + "', class " + type.getName(),
                "the class is " + what
                        + ", so no proxy can extend it and the policies of its methods would never apply",
                "Make the class one that can be extended, or move the annotated methods to a bean of such a class.",
                cause);
    }

    /** In front of all, or, with an order of one's own, in front of the first that comes later. */
    private int position(Advised advised) {
        if (this.order == Ordered.HIGHEST_PRECEDENCE) {
            return 0;
        }
        Advisor[] present = advised.getAdvisors();
        for (int i = 0; i < present.length; i++) {
            if (present[i] instanceof Ordered ordered && ordered.getOrder() > this.order) {
                return i;
            }
        }
        return present.length;
    }

    private record BeanKey(String name, Class<?> type) {}
}
