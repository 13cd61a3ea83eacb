package dev.settle.advice;

import dev.settle.plan.MethodPlan;
import dev.settle.plan.MethodPlans;
import dev.settle.plan.PolicyBindings;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
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

    private final Supplier<MethodPlans> plans;
    private final int order;
    private final Map<Class<?>, Boolean> concerned = new ConcurrentHashMap<>(256);
    private final Map<BeanKey, SettleAdvisor> advisors = new ConcurrentHashMap<>();
    private @Nullable ClassLoader classLoader = ClassUtils.getDefaultClassLoader();

    /**
     * Creates the post-processor.
     *
     * @param plans asked when the first annotated bean is created
     * @param order where the advisor goes among a bean's others; {@code Ordered.HIGHEST_PRECEDENCE} is outermost
     */
    public SettleBeanPostProcessor(Supplier<MethodPlans> plans, int order) {
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
        if (!this.concerned.computeIfAbsent(type, key -> MethodPlans.concerns(key, PolicyBindings.OUTERMOST_FIRST))) {
            return bean;
        }
        // One state for a bean, whatever instance or proxy a call comes through: prototypes leak nothing.
        SettleAdvisor advisor = this.advisors.computeIfAbsent(
                new BeanKey(policyName(beanName), type), key -> advisor(key));
        return advise(bean, type, advisor);
    }

    private SettleAdvisor advisor(BeanKey key) {
        Map<Method, MethodPlan> plans = this.plans.get().of(key.name(), key.type());
        return new SettleAdvisor(new SettleInterceptor(key.type(), plans), plans, this.order);
    }

    private static String policyName(String beanName) {
        if (beanName.startsWith("scopedTarget.")) {
            return ScopedProxyUtils.isScopedTarget(beanName) ? beanName.substring("scopedTarget.".length()) : beanName;
        }
        return StringUtils.hasText(beanName) ? beanName : "bean";
    }

    private Object advise(Object bean, Class<?> type, SettleAdvisor advisor) {
        if (bean instanceof Advised advised && !advised.isFrozen()) {
            advised.addAdvisor(position(advised), advisor);
            return bean;
        }
        ProxyFactory factory = new ProxyFactory();
        factory.setTarget(bean);
        factory.setProxyTargetClass(true);
        factory.addAdvisor(advisor);
        ClassLoader loader = (this.classLoader != null) ? this.classLoader : type.getClassLoader();
        return factory.getProxy(loader);
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
