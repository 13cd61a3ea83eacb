package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** All policies on one method stand in one order, whatever is written first and whatever the method returns. */
class PolicyOrderTests {

    private static final String IN_ORDER = "Debounce 1 s > Timeout(TOTAL) 9 s > Retry 2 times > Throttle 5 in 1 s"
            + " > Timeout(ATTEMPT) 2 s > Exclusive WAIT > Bulkhead 3 > method";

    private static Map<String, String> plans(Class<?> type) {
        Map<String, String> shown = new HashMap<>();
        Startup.runner().run(context -> {
            Map<Method, MethodPlan> plans = context.getBean(MethodPlans.class).of("prices", type, 0);
            plans.forEach((method, plan) -> shown.put(
                    method.getName(),
                    plan.toString()
                            .substring("prices.".length() + method.getName().length() + 2)));
        });
        return shown;
    }

    static class Written {

        @Bulkhead(3)
        @Exclusive
        @Timeout("2s")
        @Throttle(limit = 5)
        @Retry(maxRetries = 2)
        @Timeout(value = "9s", scope = Timeout.Scope.TOTAL)
        @Debounce("1s")
        public CompletableFuture<String> innermostFirst() {
            return new CompletableFuture<>();
        }

        @Throttle(limit = 5)
        @Debounce("1s")
        @Timeout("2s")
        @Bulkhead(3)
        @Timeout(value = "9s", scope = Timeout.Scope.TOTAL)
        @Exclusive
        @Retry(maxRetries = 2)
        public String mixed() {
            return "7.30";
        }

        @Debounce("1s")
        @Timeout(value = "9s", scope = Timeout.Scope.TOTAL)
        @Retry(maxRetries = 2)
        @Throttle(limit = 5)
        @Timeout("2s")
        @Exclusive
        @Bulkhead(3)
        public void outermostFirst() {}
    }

    @Retry(maxRetries = 2)
    @Bulkhead(3)
    @Debounce("1s")
    @Timeout(value = "9s", scope = Timeout.Scope.TOTAL)
    static class HalfOnClass {

        @Timeout("2s")
        @Exclusive
        @Throttle(limit = 5)
        public String find() {
            return "7.30";
        }
    }

    @Test
    void theOrderIsOneForAllMethods() {
        assertThat(plans(Written.class))
                .containsOnly(
                        Map.entry("innermostFirst", IN_ORDER),
                        Map.entry("mixed", IN_ORDER),
                        Map.entry("outermostFirst", IN_ORDER));
    }

    @Test
    void policiesOfTheClassStandAmongThoseOfTheMethod() {
        assertThat(plans(HalfOnClass.class)).containsOnly(Map.entry("find", IN_ORDER));
    }

    @Test
    void theOrderIsThatOfTheList() {
        List<String> policies = new ArrayList<>();
        PolicyBindings.OUTERMOST_FIRST.forEach(binding -> policies.add(binding.policy()));

        assertThat(policies)
                .containsExactly("debounce", "timeout", "retry", "throttle", "timeout", "exclusive", "bulkhead");
    }
}
