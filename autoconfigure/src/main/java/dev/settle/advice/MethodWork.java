package dev.settle.advice;

import dev.settle.abort.AbortSignal;
import dev.settle.core.Work;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.ReturnKind;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/** The rest of an intercepted invocation, run afresh for each attempt, with the attempt's signal as its argument. */
final class MethodWork implements Work {

    private final MethodPlan plan;
    private final MethodInvocation invocation;

    MethodWork(MethodPlan plan, MethodInvocation invocation) {
        this.plan = plan;
        this.invocation = invocation;
    }

    /** The signal that the caller passed; null, or no such parameter, is none. */
    AbortSignal passedSignal() {
        AbortSignal passed = AbortSignal.never();
        for (int index : this.plan.signalParameters()) {
            if (this.invocation.getArguments()[index] instanceof AbortSignal signal) {
                passed = (passed == AbortSignal.never()) ? signal : AbortSignal.any(passed, signal);
            }
        }
        return passed;
    }

    @Override
    public @Nullable Object run(AbortSignal signal) throws Throwable {
        Object result = attempt(signal).proceed();
        if (this.plan.kind() == ReturnKind.FUTURE && !(result instanceof CompletionStage<?>)) {
            return (result == null) ? null : AwaitedFuture.of((Future<?>) result);
        }
        return result;
    }

    /** A copy: an invocation counts the interceptors it has passed, and can be run only once. */
    private MethodInvocation attempt(AbortSignal signal) {
        if (!(this.invocation instanceof ProxyMethodInvocation proxied)) {
            return this.invocation;
        }
        Object[] arguments = this.invocation.getArguments().clone();
        for (int index : this.plan.signalParameters()) {
            arguments[index] = signal;
        }
        return proxied.invocableClone(arguments);
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
    public boolean asynchronous() {
        return this.plan.kind() != ReturnKind.VALUE;
    }
}
