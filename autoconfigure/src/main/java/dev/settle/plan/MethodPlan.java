package dev.settle.plan;

import dev.settle.abort.AbortSignal;
import dev.settle.core.CallSite;
import dev.settle.core.Next;
import dev.settle.core.Step;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The policies of one method, outermost first: kept as a list to be shown, and linked once to be run. */
public final class MethodPlan {

    private final Method method;
    private final CallSite site;
    private final ReturnType returns;
    private final List<PlannedPolicy> policies;
    private final Next chain;
    private final int[] signalParameters;
    private final boolean shared;

    MethodPlan(Method method, CallSite site, ReturnType returns, List<PlannedPolicy> policies) {
        this.method = method;
        this.site = site;
        this.returns = returns;
        this.policies = List.copyOf(policies);
        this.shared = policies.stream().anyMatch(PlannedPolicy::shares);
        this.chain = Next.link(policies.stream().map(PlannedPolicy::step).toList());
        this.signalParameters = IntStream.range(0, method.getParameterCount())
                .filter(index -> method.getParameterTypes()[index] == AbortSignal.class)
                .toArray();
    }

    /**
     * One policy of a method.
     *
     * @param policy what it is called in {@code application.yml}
     * @param settings its settings
     * @param shares whether it may run the method once for several callers
     * @param step what it does
     */
    public record PlannedPolicy(String policy, Object settings, boolean shares, Step step) {}

    /** The name of the method's policies. */
    public String name() {
        return this.site.name();
    }

    /** The method. */
    public Method method() {
        return this.method;
    }

    /** Where its calls come in. */
    public CallSite site() {
        return this.site;
    }

    /** How the method's outcome comes. */
    public ReturnType returns() {
        return this.returns;
    }

    /** Whether a call returns at once, and nobody waits for what becomes of it. */
    public boolean detached() {
        return this.site.deferred() && this.method.getReturnType() == void.class;
    }

    /** Whether one run of the method may be for several callers. */
    public boolean shared() {
        return this.shared;
    }

    /** The policies, outermost first. */
    public List<PlannedPolicy> policies() {
        return this.policies;
    }

    /** The policies, linked around the method. */
    public Next chain() {
        return this.chain;
    }

    /** Which parameters receive the call's signal. */
    public int[] signalParameters() {
        return this.signalParameters;
    }

    @Override
    public String toString() {
        return this.policies.stream()
                .map(planned -> planned.step().toString())
                .collect(Collectors.joining(" > ", name() + ": ", " > method"));
    }
}
