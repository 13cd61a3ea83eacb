package dev.settle.advice;

import dev.settle.plan.MethodPlan;
import java.lang.reflect.Method;
import java.util.Map;
import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.Ordered;

/** An advisor that applies where a method has a plan. */
final class SettleAdvisor implements PointcutAdvisor, Ordered {

    private final MethodInterceptor interceptor;
    private final Pointcut pointcut;
    private final int order;
    private final boolean innermost;

    /** Stands in front of those with a later order. */
    static SettleAdvisor outermost(Class<?> type, Map<Method, MethodPlan> plans, int order) {
        return new SettleAdvisor(new SettleInterceptor(type, plans), type, plans, order, false);
    }

    /** Stands behind all others. */
    static SettleAdvisor innermost(MethodInterceptor interceptor, Class<?> type, Map<Method, MethodPlan> plans) {
        return new SettleAdvisor(interceptor, type, plans, Ordered.LOWEST_PRECEDENCE, true);
    }

    private SettleAdvisor(
            MethodInterceptor interceptor, Class<?> type, Map<Method, MethodPlan> plans, int order, boolean innermost) {
        this.interceptor = interceptor;
        this.order = order;
        this.innermost = innermost;
        this.pointcut = new StaticMethodMatcherPointcut() {
            /** By the bean's class: that of the proxy's target may be a proxy itself. */
            @Override
            public boolean matches(Method method, Class<?> targetClass) {
                return SettleInterceptor.planOf(method, type, plans) != null;
            }
        };
    }

    @Override
    public Pointcut getPointcut() {
        return this.pointcut;
    }

    @Override
    public Advice getAdvice() {
        return this.interceptor;
    }

    boolean innermost() {
        return this.innermost;
    }

    @Override
    public int getOrder() {
        return this.order;
    }
}
