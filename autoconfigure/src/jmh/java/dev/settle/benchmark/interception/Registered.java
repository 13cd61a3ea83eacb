package dev.settle.benchmark.interception;

import dev.settle.plan.MethodPlan;
import dev.settle.plan.PlanRegistry;
import dev.settle.plan.PlannedPolicy;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationContext;

/** Shows that rates and time limits are in the way of a call, without waiting for one to bite. */
final class Registered {

    private static final Set<String> METHODS = Set.of("sync", "completed", "pending");

    private Registered() {}

    static void check(Variant variant, Subject subject) {
        ApplicationContext context = subject.context();
        if (context == null) {
            return;
        }
        if (variant.name().startsWith("SETTLE")) {
            settle(variant, context.getBean(PlanRegistry.class));
        } else if (variant.name().startsWith("RESILIENCE4J")) {
            resilience4j(variant, subject.desk(), context);
        }
    }

    private static void settle(Variant variant, PlanRegistry plans) {
        List<MethodPlan> found = plans.plans().stream()
                .filter(plan -> METHODS.contains(plan.method().getName()))
                .toList();
        Proofs.require(found.size() == METHODS.size(), variant + " has plans " + found);
        for (MethodPlan plan : found) {
            Set<String> policies =
                    plan.policies().stream().map(PlannedPolicy::policy).collect(Collectors.toSet());
            Proofs.require(policies.equals(expected(variant)), variant + " has policies " + policies);
        }
    }

    private static Set<String> expected(Variant variant) {
        if (variant == Variant.SETTLE_FIVE) {
            return Set.of("retry", "throttle", "timeout", "exclusive", "bulkhead");
        }
        return (variant.feature() == Feature.ALL)
                ? Set.of("retry", "throttle", "timeout", "bulkhead")
                : Set.of(variant.feature().toString());
    }

    private static void resilience4j(Variant variant, Desk desk, ApplicationContext context) {
        boolean rate = variant.feature() == Feature.THROTTLE || variant.feature() == Feature.ALL;
        var limiter = context.getBean(RateLimiterRegistry.class).rateLimiter("desk");
        int before = limiter.getMetrics().getAvailablePermissions();
        boolean wrapped = desk.completed("one") != desk.completed("two");
        int after = limiter.getMetrics().getAvailablePermissions();
        Proofs.require(!rate || after < before, variant + " took no permission");
        Proofs.require(wrapped, variant + " returned the bean's own future");
    }
}
