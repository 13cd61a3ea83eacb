package dev.settle.weaving;

import dev.settle.advice.Invocation;
import dev.settle.advice.PlannedCalls;
import dev.settle.plan.MethodPlan;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/**
 * A call of a woven method. Each attempt calls the method anew: AspectJ keeps one array of arguments for all that a join point
 * proceeds to, and attempts may run at the same time with different ones.
 */
final class WovenCall implements Invocation {

    private final Object target;
    private final Method method;
    private final @Nullable Object[] arguments;

    WovenCall(Object target, Method method, @Nullable Object[] arguments) {
        this.target = target;
        this.method = method;
        this.arguments = arguments;
    }

    /** Runs the plan around it. */
    @Nullable
    Object run(MethodPlan plan) throws Throwable {
        return PlannedCalls.run(plan, this);
    }

    /** Calls the method as anybody else would. */
    @SuppressWarnings("NullAway") // arguments may be null
    @Nullable
    Object call(@Nullable Object[] arguments) throws Throwable {
        return AopUtils.invokeJoinpointUsingReflection(this.target, this.method, arguments);
    }

    @Override
    public Object target() {
        return this.target;
    }

    @Override
    public @Nullable Object[] arguments() {
        return this.arguments;
    }

    @Override
    public @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable {
        return Passed.announce(this.target, this.method, () -> call(arguments));
    }
}
