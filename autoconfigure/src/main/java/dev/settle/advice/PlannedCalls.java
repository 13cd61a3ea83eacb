package dev.settle.advice;

import dev.settle.core.Calls;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.ReturnType;
import dev.settle.reactive.ReactiveCalls;
import org.jspecify.annotations.Nullable;

/** Runs the plan of a method around one call of it, and hands out what the method's type promises. */
public final class PlannedCalls {

    private PlannedCalls() {}

    /** Runs it on this thread; what becomes of it later is told by what it returns. */
    public static @Nullable Object run(MethodPlan plan, Invocation invocation) throws Throwable {
        MethodWork work = new MethodWork(plan, invocation);
        return switch (plan.returns().kind()) {
            case VALUE ->
                plan.detached()
                        ? detached(plan, work)
                        : Calls.sync(plan.site(), plan.chain(), work, work.passedSignal());
            case STAGE, FUTURE -> Calls.async(plan.site(), plan.chain(), work, work.passedSignal());
            case SINGLE -> reactive(plan, work).single();
            case STREAM -> plan.shared() ? reactive(plan, work).sharedStream() : reactive(plan, work).stream();
        };
    }

    private static @Nullable Object detached(MethodPlan plan, MethodWork work) {
        Calls.detached(plan.site(), plan.chain(), work, work.passedSignal());
        return null;
    }

    private static ReactiveCalls reactive(MethodPlan plan, MethodWork work) {
        ReturnType type = plan.returns();
        return new ReactiveCalls(plan.site(), plan.chain(), work, work.passedSignal(), type.adapter());
    }
}
