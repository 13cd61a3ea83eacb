package dev.settle.advice;

import dev.settle.core.Calls;
import dev.settle.plan.MethodPlan;
import dev.settle.reactive.ReactiveCalls;
import org.jspecify.annotations.Nullable;

/** Runs the plan of a method around one call of it, and hands out what the method's type promises. */
public final class PlannedCalls {

    private PlannedCalls() {}

    /** Runs it on this thread; what becomes of it later is told by what it returns. */
    public static @Nullable Object run(Invocation invocation) throws Throwable {
        MethodPlan plan = invocation.plan();
        return switch (plan.returns().kind()) {
            case VALUE -> value(plan.way(), invocation);
            case STAGE, FUTURE -> async(plan.way(), invocation);
            case SINGLE -> reactive(plan, invocation).single();
            case STREAM -> reactive(plan, invocation).stream();
        };
    }

    private static @Nullable Object value(MethodPlan.Way way, Invocation invocation) throws Throwable {
        if (way.detached()) {
            Calls.detached(way.site(), way.chain(), invocation, invocation.passedSignal());
            return null;
        }
        return Calls.sync(way.site(), way.chain(), invocation, invocation.passedSignal());
    }

    private static Object async(MethodPlan.Way way, Invocation invocation) {
        return Calls.async(way.site(), way.chain(), invocation, invocation.passedSignal());
    }

    private static ReactiveCalls reactive(MethodPlan plan, Invocation invocation) {
        return new ReactiveCalls(
                () -> way(plan.way()),
                invocation,
                invocation.passedSignal(),
                plan.returns().adapter());
    }

    private static ReactiveCalls.Way way(MethodPlan.Way way) {
        return new ReactiveCalls.Way(way.site(), way.chain(), way.shared());
    }
}
