package dev.settle.plan;

import dev.settle.abort.AbortSignal;
import dev.settle.core.CallHost;
import dev.settle.core.CallSite;
import dev.settle.core.Next;
import dev.settle.core.Step;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The policies of one method, outermost first: kept as a list to be shown, and linked to be run. */
public final class MethodPlan {

    private final Method method;
    private final String name;
    private final CallHost host;
    private final ReturnType returns;
    private final List<PlannedPolicy<?>> policies;
    private final int[] signalParameters;
    private volatile Way way;

    MethodPlan(Method method, String name, CallHost host, ReturnType returns, List<PlannedPolicy<?>> policies) {
        this.method = method;
        this.name = name;
        this.host = host;
        this.returns = returns;
        this.policies = List.copyOf(policies);
        this.signalParameters = IntStream.range(0, method.getParameterCount())
                .filter(index -> method.getParameterTypes()[index] == AbortSignal.class)
                .toArray();
        this.way = link(null);
    }

    /**
     * The way of a call through the policies that are switched on. A call takes it once, and keeps it to its end.
     *
     * @param site where the call comes in
     * @param chain the policies, linked around the method
     * @param shared whether one run of the method may be for several callers
     * @param detached whether a call returns at once, and nobody waits for what becomes of it
     */
    public record Way(CallSite site, Next chain, boolean shared, boolean detached) {}

    /** The site stays as long as it can: calls inside calls are known by it. */
    private Way link(@Nullable CallSite before) {
        boolean deferred = false;
        boolean shared = false;
        List<Step> steps = new ArrayList<>();
        for (PlannedPolicy<?> policy : this.policies) {
            deferred |= policy.deferred();
            shared |= policy.shares();
            if (policy.enabled()) {
                steps.add(policy.step());
            }
        }
        return new Way(
                (before != null && before.deferred() == deferred)
                        ? before
                        : new CallSite(this.name, this.host, deferred),
                Next.link(List.copyOf(steps)),
                shared,
                deferred && this.method.getReturnType() == void.class);
    }

    /** The name of the method's policies. */
    public String name() {
        return this.name;
    }

    /** The method. */
    public Method method() {
        return this.method;
    }

    /** How the method's outcome comes. */
    public ReturnType returns() {
        return this.returns;
    }

    /** The way of a call that comes now. */
    public Way way() {
        return this.way;
    }

    /** The policies, outermost first; also those that are switched off. */
    public List<PlannedPolicy<?>> policies() {
        return this.policies.stream().filter(PlannedPolicy::isAsked).toList();
    }

    /** Whether a policy of the method, one of those that are there or may come to be, has the property. */
    boolean has(String policy, String property) {
        return this.policies.stream()
                .filter(planned -> planned.policy().equals(policy))
                .flatMap(planned -> planned.values().stream())
                .anyMatch(value -> value.property().equals(property));
    }

    /** Whether the method is told the signal of its call, by a parameter or as a coroutine. */
    public boolean isTold() {
        return this.signalParameters.length > 0 || this.returns.suspends();
    }

    /** Which parameters receive the call's signal. */
    public int[] signalParameters() {
        return this.signalParameters;
    }

    /**
     * Gets ready for other settings, and changes nothing yet.
     *
     * @return makes the change, and cannot fail; null when it makes none
     * @throws InvalidPlanException when the settings cannot be, or cannot change while the application runs
     */
    @Nullable
    Runnable prepare(Tuning tuning) {
        List<Runnable> changes = new ArrayList<>();
        for (PlannedPolicy<?> policy : this.policies) {
            Runnable change = policy.prepare(tuning);
            if (change != null) {
                changes.add(change);
            }
        }
        return changes.isEmpty()
                ? null
                : () -> {
                    changes.forEach(Runnable::run);
                    this.way = link(this.way.site());
                };
    }

    @Override
    public String toString() {
        return this.policies.stream()
                .filter(PlannedPolicy::enabled)
                .map(PlannedPolicy::toString)
                .collect(Collectors.joining(" > ", this.name + ": ", " > method"));
    }
}
