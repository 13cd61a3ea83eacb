package dev.settle.advice;

import dev.settle.abort.AbortSignal;
import dev.settle.core.Work;
import dev.settle.kotlin.AbortSignalElement;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.ReturnKind;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** An intercepted call, run afresh for each attempt, with the attempt's signal as its argument. */
final class MethodWork implements Work {

    private final MethodPlan plan;
    private final Invocation invocation;

    MethodWork(MethodPlan plan, Invocation invocation) {
        this.plan = plan;
        this.invocation = invocation;
    }

    /** The signal that the caller passed; null, or no such parameter, is none. */
    AbortSignal passedSignal() {
        AbortSignal passed = AbortSignal.never();
        for (int index : this.plan.signalParameters()) {
            if (this.invocation.arguments()[index] instanceof AbortSignal signal) {
                passed = (passed == AbortSignal.never()) ? signal : AbortSignal.any(passed, signal);
            }
        }
        return passed;
    }

    @Override
    public @Nullable Object run(AbortSignal signal) throws Throwable {
        Object result = this.invocation.proceed(arguments(signal));
        if (this.plan.returns().kind() == ReturnKind.FUTURE && !(result instanceof CompletionStage<?>)) {
            return (result == null) ? null : AwaitedFuture.of((Future<?>) result);
        }
        return result;
    }

    private @Nullable Object[] arguments(AbortSignal signal) {
        @Nullable Object[] arguments = this.invocation.arguments().clone();
        for (int index : this.plan.signalParameters()) {
            arguments[index] = signal;
        }
        if (this.plan.returns().suspends()) {
            int last = arguments.length - 1;
            arguments[last] = AbortSignalElement.carriedBy(arguments[last], signal);
        }
        return arguments;
    }

    @Override
    public @Nullable Object target() {
        return this.invocation.target();
    }

    @Override
    public @Nullable Object[] arguments() {
        return this.invocation.arguments();
    }

    @Override
    public boolean asynchronous() {
        return this.plan.returns().kind() != ReturnKind.VALUE;
    }
}
