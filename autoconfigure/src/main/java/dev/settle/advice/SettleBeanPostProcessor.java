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
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopConfigException;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.context.Phased;
import org.springframework.core.Ordered;
import org.springframework.core.SmartClassLoader;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Puts Settle's advisor on each bean that has annotated methods, by itself and not through auto-proxying, so that it works
 * with {@code spring.aop.auto=false} too.
 *
 * <p>It comes before the last of the ordered post-processors, for example those that register the listener methods of a
 * message broker with the bean that they see: they must see the proxy. Some of those after it, such as {@code @Async}'s, put
 * advisors or a proxy of their own in front of Settle's; {@link AdvisorPlacement} puts that back in its place.
 */
public final class SettleBeanPostProcessor
        implements SmartInstantiationAwareBeanPostProcessor, BeanClassLoaderAware, Ordered, AopInfrastructureBean {

    private final PolicyBindings bindings;
    private final Supplier<MethodPlans> plans;
    private final AdvisorOrder order;
    private final @Nullable Weaving weaving;
    private final Map<Class<?>, Boolean> concerned = new ConcurrentHashMap<>(256);
    private final Map<BeanKey, BeanAdvice> advices = new ConcurrentHashMap<>();
    private @Nullable ClassLoader classLoader = ClassUtils.getDefaultClassLoader();

    /**
     * Creates the post-processor.
     *
     * @param bindings the policies whose annotations are looked for
     * @param plans asked when the first annotated bean is created
     * @param order where the advisor goes among a bean's others; {@code Ordered.HIGHEST_PRECEDENCE} is outermost
     * @param weaving what runs the plans where no proxy stands, or null
     */
    public SettleBeanPostProcessor(
            PolicyBindings bindings, Supplier<MethodPlans> plans, int order, @Nullable Weaving weaving) {
        this.bindings = bindings;
        this.plans = plans;
        this.order = new AdvisorOrder(order);
        this.weaving = weaving;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
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
        if (!concerns(type) || isAdvised(bean)) {
            return bean;
        }
        return advise(bean, type, beanName, shared(new BeanKey(policyName(beanName), type), bean));
    }

    /** One that another bean's definition returns comes by once more; the first name is kept. */
    private static boolean isAdvised(Object bean) {
        return bean instanceof Advised advised && AdvisorOrder.outermost(advised) != null;
    }

    /** Asked when the application is prepared ahead of time, for the class of the proxy; by then others have had their say. */
    @Override
    public Class<?> determineBeanType(Class<?> type, String beanName) {
        boolean done = SpringProxy.class.isAssignableFrom(type) || AopInfrastructureBean.class.isAssignableFrom(type);
        if (done || !concerns(ClassUtils.getUserClass(type))) {
            return type;
        }
        if (ClassUtils.getUserClass(type) != type) {
            throw enhanced(beanName, ClassUtils.getUserClass(type));
        }
        ProxyFactory factory = new ProxyFactory();
        factory.setTargetClass(type);
        factory.setProxyTargetClass(true);
        try {
            return factory.getProxyClass(proxyLoader(type));
        } catch (AopConfigException ex) {
            if (this.weaving != null) {
                return type; // whether it is woven, only the running application knows
            }
            throw unproxyable(beanName, type, ex);
        }
    }

    /** Started from generated classes, CGLIB takes the class that the first enhancement has made for its own. */
    private static InvalidPlanException enhanced(String beanName, Class<?> type) {
        return new InvalidPlanException(
                "Bean '" + beanName + "', class " + type.getName(),
                "prepared ahead of time, a @Configuration class that Spring has enhanced can have no second proxy",
                "Set proxyBeanMethods = false on it, or move the annotated methods to another bean.",
                null);
    }

    private boolean concerns(Class<?> type) {
        return this.concerned.computeIfAbsent(type, key -> MethodPlans.concerns(key, this.bindings.outermostFirst()));
    }

    /**
     * One state for a bean, whatever instance or proxy a call comes through: prototypes leak nothing.
     *
     * <p>Not computeIfAbsent: to make an advisor may create other beans that are advised too, on this thread or behind the
     * container's lock. The first advisor that is kept wins; another of the same moment has not been used.
     */
    private BeanAdvice shared(BeanKey key, Object bean) {
        BeanAdvice present = this.advices.get(key);
        if (present != null) {
            return present;
        }
        BeanAdvice made = advice(key, (bean instanceof Phased phased) ? phased.getPhase() : 0);
        BeanAdvice first = this.advices.putIfAbsent(key, made);
        if (first != null) {
            return first;
        }
        try {
            this.plans.get().register(made.plans());
        } catch (RuntimeException ex) {
            // The next one shall not find plans that are in no registry.
            this.advices.remove(key, made);
            throw ex;
        }
        return made;
    }

    private BeanAdvice advice(BeanKey key, int phase) {
        Map<Method, MethodPlan> plans = this.plans.get().of(key.name(), key.type(), phase);
        SettleAdvisor outermost = SettleAdvisor.outermost(key.type(), plans, this.order.order());
        return BeanAdvice.of(
                outermost, key.type(), plans, (this.weaving != null) ? this.weaving.beans(key.type(), plans) : null);
    }

    private static String policyName(String beanName) {
        if (beanName.startsWith("scopedTarget.")) {
            return ScopedProxyUtils.isScopedTarget(beanName) ? beanName.substring("scopedTarget.".length()) : beanName;
        }
        return StringUtils.hasText(beanName) ? beanName : "bean";
    }

    private Object advise(Object bean, Class<?> type, String beanName, BeanAdvice advice) {
        advice.learn(bean);
        if (bean instanceof Advised advised && !advised.isFrozen()) {
            advice.addTo(advised, this.order.position(advised));
            return bean;
        }
        ProxyFactory factory = new ProxyFactory();
        factory.setTarget(bean);
        factory.setProxyTargetClass(true);
        try {
            Object proxy = factory.getProxy(proxyLoader(type));
            // Not before: a proxy's class is kept by its advisors, and all beans of a class shall have the one
            // prepared.
            advice.addTo(factory, 0);
            return proxy;
        } catch (AopConfigException ex) {
            if (advice.needsNoProxy()) {
                return bean;
            }
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

    private InvalidPlanException unproxyable(String beanName, Class<?> type, AopConfigException cause) {
        String what =
                Modifier.isFinal(type.getModifiers()) ? "final" : type.isSealed() ? "sealed" : "not open to proxies";
        return new InvalidPlanException(
                "Bean '" + beanName + "', class " + type.getName(),
                "the class is " + what
                        + ", so no proxy can extend it and the policies of its methods would never apply"
                        + ((this.weaving != null) ? ", and it is not woven" : ""),
                ((this.weaving != null) ? "Start the JVM with -javaagent:aspectjweaver.jar. Or make" : "Make")
                        + " the class one that can be extended, or move the annotated methods to a bean of such a class."
                        + " In Kotlin: open, or the compiler plugin kotlin-spring.",
                cause);
    }

    /** Puts the advisors of a bean where they belong, after others have added theirs. */
    void place(Advised advised, String beanName) {
        if (advised.isFrozen()) {
            return;
        }
        if (AdvisorOrder.outermost(advised) == null) {
            takeOutwards(advised, beanName);
        }
        this.order.restore(advised);
    }

    /** Others may have put a proxy of their own around the one that has the policies: those belong outside of it. */
    private void takeOutwards(Advised outer, String beanName) {
        for (Object next = AopProxyUtils.getSingletonTarget(outer);
                next instanceof Advised inner;
                next = AopProxyUtils.getSingletonTarget(inner)) {
            SettleAdvisor own = AdvisorOrder.outermost(inner);
            if (own != null) {
                if (!inner.isFrozen() && own == ownAdvisor(inner, beanName)) {
                    inner.removeAdvisor(own);
                    outer.addAdvisor(this.order.position(outer), own);
                }
                return;
            }
        }
    }

    /** Null for a bean that has its policies by another name: it is also called without what has been put around it here. */
    private @Nullable SettleAdvisor ownAdvisor(Advised advised, String beanName) {
        BeanAdvice advice = this.advices.get(
                new BeanKey(policyName(beanName), ClassUtils.getUserClass(AopUtils.getTargetClass(advised))));
        return (advice != null) ? advice.outermost() : null;
    }

    private record BeanKey(String name, Class<?> type) {}
}
