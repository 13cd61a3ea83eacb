package dev.settle.advice;

import dev.settle.plan.MethodPlan;
import java.lang.reflect.Method;
import java.util.Map;
import org.aopalliance.aop.Advice;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.Ordered;

/** The one advisor: it applies where a method has a plan. */
final class SettleAdvisor implements PointcutAdvisor, Ordered {

    private final SettleInterceptor interceptor;
    private final Pointcut pointcut;
    private final int order;

    SettleAdvisor(SettleInterceptor interceptor, Map<Method, MethodPlan> plans, int order) {
        this.interceptor = interceptor;
        this.order = order;
        this.pointcut = new StaticMethodMatcherPointcut() {
            @Override
            public boolean matches(Method method, Class<?> targetClass) {
                return SettleInterceptor.planOf(method, targetClass, plans) != null;
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

    @Override
    public int getOrder() {
        return this.order;
    }
}
