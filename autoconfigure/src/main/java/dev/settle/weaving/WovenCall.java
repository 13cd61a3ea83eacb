package dev.settle.weaving;

import dev.settle.advice.Invocation;
import dev.settle.plan.MethodPlan;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/**
 * A call of a woven method. Each attempt calls the method anew: AspectJ keeps one array of arguments for all that a join point
 * proceeds to, and attempts may run at the same time with different ones.
 */
final class WovenCall extends Invocation {

    private final Object target;
    private final Method method;
    private final @Nullable Object[] arguments;

    WovenCall(MethodPlan plan, Object target, Method method, @Nullable Object[] arguments) {
        super(plan);
        this.target = target;
        this.method = method;
        this.arguments = arguments;
    }

    /** Calls a woven method as anybody else would. */
    @SuppressWarnings("NullAway") // arguments may be null
    static @Nullable Object call(Object target, Method method, @Nullable Object[] arguments) throws Throwable {
        return AopUtils.invokeJoinpointUsingReflection(target, method, arguments);
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
    protected @Nullable Object proceed() throws Throwable {
        return proceed(this.arguments.clone());
    }

    @Override
    protected @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable {
        return Passed.announce(this.target, this.method, () -> call(this.target, this.method, arguments));
    }
}
