package dev.settle.advice;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** The call of a proxied method, with the interceptors that come after Settle's. */
record ProxyInvocation(MethodInvocation invocation) implements Invocation {

    @Override
    public @Nullable Object target() {
        return this.invocation.getThis();
    }

    @Override
    public @Nullable Object[] arguments() {
        return this.invocation.getArguments();
    }

    /** In a copy: an invocation counts the interceptors it has passed, and can be run only once. */
    @Override
    @SuppressWarnings("NullAway") // arguments may be null
    public @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable {
        return (this.invocation instanceof ProxyMethodInvocation proxied)
                ? proxied.invocableClone(arguments).proceed()
                : this.invocation.proceed();
    }
}
