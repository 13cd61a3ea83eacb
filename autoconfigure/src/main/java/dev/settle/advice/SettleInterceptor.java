package dev.settle.advice;

import dev.settle.plan.MethodPlan;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/** The one interceptor: runs the plan of the method that is called, if it has one. */
final class SettleInterceptor implements MethodInterceptor {

    private final Class<?> type;
    private final Map<Method, MethodPlan> plans;

    /** By the method as it is called, which may be one of an interface or a bridge. */
    private final Map<Method, Optional<MethodPlan>> called = new ConcurrentHashMap<>();

    SettleInterceptor(Class<?> type, Map<Method, MethodPlan> plans) {
        this.type = type;
        this.plans = plans;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Optional<MethodPlan> plan = this.called.get(invocation.getMethod());
        if (plan == null) {
            plan = this.called.computeIfAbsent(invocation.getMethod(), this::find);
        }
        return plan.isPresent() ? PlannedCalls.run(new ProxyInvocation(plan.get(), invocation)) : invocation.proceed();
    }

    private Optional<MethodPlan> find(Method method) {
        return Optional.ofNullable(planOf(method, this.type, this.plans));
    }

    /** The plan of a method as it is called: that of the class, or of an interface when the bean is nothing but a proxy. */
    static @Nullable MethodPlan planOf(Method called, @Nullable Class<?> type, Map<Method, MethodPlan> plans) {
        MethodPlan plan = plans.get(AopUtils.getMostSpecificMethod(called, type));
        return (plan != null) ? plan : plans.get(called);
    }
}
