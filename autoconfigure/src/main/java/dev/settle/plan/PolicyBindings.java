package dev.settle.plan;

import dev.settle.annotation.Timeout;
import dev.settle.core.PolicyBinding;
import dev.settle.policy.bulkhead.BulkheadBinding;
import dev.settle.policy.debounce.DebounceBinding;
import dev.settle.policy.exclusive.ExclusiveBinding;
import dev.settle.policy.retry.RetryBinding;
import dev.settle.policy.throttle.ThrottleBinding;
import dev.settle.policy.timeout.TimeoutBinding;
import java.util.List;

/** The one list of all policies. */
public final class PolicyBindings {

    /** Outermost first. This is the order that the documentation shows; changing it changes what applications do. */
    public static final List<PolicyBinding<?>> OUTERMOST_FIRST = List.of(
            new DebounceBinding(),
            new TimeoutBinding(Timeout.Scope.TOTAL),
            new RetryBinding(),
            new ThrottleBinding(),
            new TimeoutBinding(Timeout.Scope.ATTEMPT),
            new ExclusiveBinding(),
            new BulkheadBinding());

    private PolicyBindings() {}
}
