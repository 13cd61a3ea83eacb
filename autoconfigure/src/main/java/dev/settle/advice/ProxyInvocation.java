package dev.settle.advice;

import dev.settle.plan.MethodPlan;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;

/** The call of a proxied method, with the interceptors that come after Settle's. */
final class ProxyInvocation extends Invocation {

    private final MethodInvocation invocation;

    ProxyInvocation(MethodPlan plan, MethodInvocation invocation) {
        super(plan);
        this.invocation = invocation;
    }

    @Override
    public @Nullable Object target() {
        return this.invocation.getThis();
    }

    @Override
    public @Nullable Object[] arguments() {
        return this.invocation.getArguments();
    }

    @Override
    protected @Nullable Object proceed() throws Throwable {
        return isLast() ? this.invocation.proceed() : proceed(arguments().clone());
    }

    /** In a copy: an invocation counts the interceptors it has passed, and attempts may run at the same time. */
    @Override
    @SuppressWarnings("NullAway") // arguments may be null
    protected @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable {
        return (this.invocation instanceof ProxyMethodInvocation proxied)
                ? proxied.invocableClone(arguments).proceed()
                : this.invocation.proceed();
    }

    /** Whether nothing comes after Settle's interceptor: then there is nothing to count, and the method is called. */
    private boolean isLast() {
        return this.invocation instanceof ProxyMethodInvocation proxied
                && proxied.getProxy() instanceof Advised advised
                && advised.getAdvisorCount() == 1;
    }
}
