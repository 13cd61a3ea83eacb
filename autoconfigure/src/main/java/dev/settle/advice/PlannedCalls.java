package dev.settle.advice;

import dev.settle.core.Calls;
import dev.settle.plan.MethodPlan;
import dev.settle.reactive.ReactiveCalls;
import org.jspecify.annotations.Nullable;

/** Runs the plan of a method around one call of it, and hands out what the method's type promises. */
public final class PlannedCalls {

    private PlannedCalls() {}

    /** Runs it on this thread; what becomes of it later is told by what it returns. */
    public static @Nullable Object run(MethodPlan plan, Invocation invocation) throws Throwable {
        MethodWork work = new MethodWork(plan, invocation);
        return switch (plan.returns().kind()) {
            case VALUE -> value(plan.way(), work);
            case STAGE, FUTURE -> async(plan.way(), work);
            case SINGLE -> reactive(plan, work).single();
            case STREAM -> reactive(plan, work).stream();
        };
    }

    private static @Nullable Object value(MethodPlan.Way way, MethodWork work) throws Throwable {
        if (way.detached()) {
            Calls.detached(way.site(), way.chain(), work, work.passedSignal());
            return null;
        }
        return Calls.sync(way.site(), way.chain(), work, work.passedSignal());
    }

    private static Object async(MethodPlan.Way way, MethodWork work) {
        return Calls.async(way.site(), way.chain(), work, work.passedSignal());
    }

    private static ReactiveCalls reactive(MethodPlan plan, MethodWork work) {
        return new ReactiveCalls(
                () -> way(plan.way()), work, work.passedSignal(), plan.returns().adapter());
    }

    private static ReactiveCalls.Way way(MethodPlan.Way way) {
        return new ReactiveCalls.Way(way.site(), way.chain(), way.shared());
    }
}
