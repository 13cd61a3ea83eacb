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

/**
 * The policies that an application has; a bean of it replaces Settle's own list.
 *
 * @param outermostFirst the door of each policy, in the order in which they stand around a method
 */
public record PolicyBindings(List<PolicyBinding<?>> outermostFirst) {

    /**
     * The one list of all policies, outermost first. This is the order that the documentation shows; changing it changes
     * what applications do.
     */
    public static final List<PolicyBinding<?>> OUTERMOST_FIRST = List.of(
            new DebounceBinding(),
            new TimeoutBinding(Timeout.Scope.TOTAL),
            new RetryBinding(),
            new ThrottleBinding(),
            new TimeoutBinding(Timeout.Scope.ATTEMPT),
            new ExclusiveBinding(),
            new BulkheadBinding());

    /** Keeps a copy. */
    public PolicyBindings {
        outermostFirst = List.copyOf(outermostFirst);
    }
}
