package dev.settle.weaving;

import dev.settle.plan.MethodPlan;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plans of some beans, for as long as their application is there: beans may outlive it, and must not hold it. */
final class WovenPlans {

    private volatile Map<Method, MethodPlan> plans;

    WovenPlans(Map<Method, MethodPlan> plans) {
        this.plans = plans;
    }

    /** The plan of a method that is executed; one that is overridden, and called by the one that overrides it, has none. */
    @Nullable
    MethodPlan of(Method executed) {
        return this.plans.get(executed);
    }

    void forget() {
        this.plans = Map.of();
    }
}
