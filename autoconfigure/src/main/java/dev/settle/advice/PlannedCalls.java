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
        MethodPlan.Way way = plan.way();
        return switch (plan.returns().kind()) {
            case VALUE ->
                way.detached() ? detached(way, work) : Calls.sync(way.site(), way.chain(), work, work.passedSignal());
            case STAGE, FUTURE -> Calls.async(way.site(), way.chain(), work, work.passedSignal());
            case SINGLE -> reactive(plan, way, work).single();
            case STREAM -> way.shared() ? reactive(plan, way, work).sharedStream() : reactive(plan, way, work).stream();
        };
    }

    private static @Nullable Object detached(MethodPlan.Way way, MethodWork work) {
        Calls.detached(way.site(), way.chain(), work, work.passedSignal());
        return null;
    }

    private static ReactiveCalls reactive(MethodPlan plan, MethodPlan.Way way, MethodWork work) {
        return new ReactiveCalls(
                way.site(),
                way.chain(),
                work,
                work.passedSignal(),
                plan.returns().adapter());
    }
}
