package dev.settle.weaving;

import dev.settle.advice.PlannedCalls;
import dev.settle.plan.MethodPlan;
import java.lang.reflect.Method;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.DeclarePrecedence;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.AopProxyUtils;

/**
 * The one aspect: it runs the plan of a woven method, unless a proxy or an attempt has done so. {@code META-INF/aop.xml}
 * names it. Outside {@code settle.mode: aspectj} it lets everything through.
 */
@Aspect
@DeclarePrecedence("dev.settle.weaving.SettleAspect, *")
public final class SettleAspect {

    private static final SettleAspect ONLY = new SettleAspect();

    /** The only instance, for woven code. AspectJ would write this method itself, but not where it is told not to weave this. */
    public static SettleAspect aspectOf() {
        return ONLY;
    }

    /** Asked by AspectJ, like {@link #aspectOf()}. */
    public static boolean hasAspect() {
        return true;
    }

    /**
     * Runs the plan around an execution. A suspending function, known by its last parameter, is left out: it comes back into
     * its own method whenever it goes on.
     */
    @Around("(execution(@(dev.settle.annotation..*) !static * *(..))"
            + " || execution(@(@(dev.settle.annotation..*) *) !static * *(..))"
            + " || execution(public !static * (@(dev.settle.annotation..*) *).*(..))"
            + " || execution(public !static * (@(@(dev.settle.annotation..*) *) *).*(..)))"
            + " && !execution(* *(.., kotlin..Continuation))")
    public @Nullable Object run(ProceedingJoinPoint execution) throws Throwable {
        if (WovenApplications.none()) {
            return execution.proceed();
        }
        Object target = execution.getThis();
        Method method = ((MethodSignature) execution.getSignature()).getMethod();
        if (Passed.take(target, method)) {
            return execution.proceed();
        }
        if (target instanceof SpringProxy) {
            return onProxy(target, method, execution);
        }
        MethodPlan plan = WovenApplications.planOf(target, method);
        return (plan != null)
                ? PlannedCalls.run(new WovenCall(plan, target, method, execution.getArgs()))
                : execution.proceed();
    }

    /** A final method is executed on the proxy itself, which has none of the bean's fields: it is meant for the bean. */
    private static @Nullable Object onProxy(Object proxy, Method method, ProceedingJoinPoint execution)
            throws Throwable {
        Object bean = AopProxyUtils.getSingletonTarget(proxy);
        return (bean != null) ? WovenCall.call(bean, method, execution.getArgs()) : execution.proceed();
    }
}
