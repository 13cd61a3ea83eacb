package dev.settle.advice;

import dev.settle.abort.AbortSignal;
import dev.settle.core.Work;
import dev.settle.kotlin.AbortSignalElement;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.ReturnKind;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** An intercepted call of a planned method, run afresh for each attempt, with the attempt's signal as its argument. */
public abstract class Invocation implements Work {

    private final MethodPlan plan;

    /** A call of the plan's method. */
    protected Invocation(MethodPlan plan) {
        this.plan = plan;
    }

    /** Runs the rest of it with its own arguments; it may be run several times. */
    protected abstract @Nullable Object proceed() throws Throwable;

    /** Runs the rest of it with these arguments. */
    protected abstract @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable;

    @Override
    public abstract @Nullable Object[] arguments();

    final MethodPlan plan() {
        return this.plan;
    }

    /** The signal that the caller passed; null, or no such parameter, is none. */
    final AbortSignal passedSignal() {
        AbortSignal passed = AbortSignal.never();
        for (int index : this.plan.signalParameters()) {
            if (arguments()[index] instanceof AbortSignal signal) {
                passed = (passed == AbortSignal.never()) ? signal : AbortSignal.any(passed, signal);
            }
        }
        return passed;
    }

    @Override
    public final @Nullable Object run(AbortSignal signal) throws Throwable {
        Object result = this.plan.isTold() ? proceed(told(signal)) : proceed();
        if (this.plan.returns().kind() == ReturnKind.FUTURE && !(result instanceof CompletionStage<?>)) {
            return (result == null) ? null : AwaitedFuture.of((Future<?>) result);
        }
        return result;
    }

    /** The arguments, with the signal where the method asks for it. */
    private @Nullable Object[] told(AbortSignal signal) {
        @Nullable Object[] arguments = arguments().clone();
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
    public final boolean asynchronous() {
        return this.plan.returns().kind() != ReturnKind.VALUE;
    }
}
