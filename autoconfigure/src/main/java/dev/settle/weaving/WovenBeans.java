package dev.settle.weaving;

import dev.settle.advice.Weaving;
import dev.settle.plan.MethodPlan;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;

/** The beans of one name and class; as an interceptor, the innermost, it tells the woven method that its plan has run. */
final class WovenBeans implements Weaving.Beans, MethodInterceptor {

    private final Class<?> type;
    private final Map<Method, MethodPlan> plans;
    private final WovenPlans known;
    private final boolean everyMethod;

    /** The methods that are executed, by the ones that are called. */
    private final Map<Method, Optional<Method>> executed = new ConcurrentHashMap<>();

    WovenBeans(Class<?> type, Map<Method, MethodPlan> plans, WovenPlans known, boolean everyMethod) {
        this.type = type;
        this.plans = plans;
        this.known = known;
        this.everyMethod = everyMethod;
    }

    @Override
    public void add(Object bean) {
        WovenApplications.add(behindProxies(bean), this.known);
    }

    @Override
    public boolean everyMethodIsWoven() {
        return this.everyMethod;
    }

    @Override
    public MethodInterceptor innermost() {
        return this;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = invocation.getThis();
        Method called = invocation.getMethod();
        Optional<Method> method = this.executed.get(called);
        if (method == null) {
            method = this.executed.computeIfAbsent(called, this::find);
        }
        return (target != null && method.isPresent())
                ? Passed.announce(behindProxies(target), method.get(), invocation::proceed)
                : invocation.proceed();
    }

    private Optional<Method> find(Method called) {
        return Optional.ofNullable(Weaving.planOf(called, this.type, this.plans))
                .map(MethodPlan::method);
    }

    /** The object that is executed; a proxy that lets nobody see what it stands for is one itself. */
    private static Object behindProxies(Object bean) {
        Object innermost = bean;
        for (Object next = bean; next != null; next = AopProxyUtils.getSingletonTarget(next)) {
            innermost = next;
        }
        return innermost;
    }
}
