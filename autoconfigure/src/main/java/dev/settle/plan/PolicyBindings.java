package dev.settle.plan;

import dev.settle.annotation.Timeout;
import dev.settle.core.PolicyBinding;
import dev.settle.policy.retry.RetryBinding;
import dev.settle.policy.timeout.TimeoutBinding;
import java.util.List;

/** The one list of all policies. */
public final class PolicyBindings {

    /** Outermost first. This is the order that the documentation shows; changing it changes what applications do. */
    public static final List<PolicyBinding<?>> OUTERMOST_FIRST = List.of(
            new TimeoutBinding(Timeout.Scope.TOTAL), new RetryBinding(), new TimeoutBinding(Timeout.Scope.ATTEMPT));

    private PolicyBindings() {}
}
