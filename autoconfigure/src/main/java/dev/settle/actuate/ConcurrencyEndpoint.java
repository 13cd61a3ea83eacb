package dev.settle.actuate;

import dev.settle.abort.AbortReason;
import dev.settle.abort.InFlight;
import dev.settle.activity.Activity;
import dev.settle.actuate.ConcurrencyReport.AbortedCalls;
import dev.settle.actuate.ConcurrencyReport.Named;
import dev.settle.cluster.Cluster;
import dev.settle.core.Calls;
import dev.settle.core.InvalidSettingException;
import dev.settle.plan.InvalidPlanException;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.Nearest;
import dev.settle.plan.PlanRegistry;
import dev.settle.plan.RunTimeTuning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.util.StringUtils;

/**
 * Shows what every annotated method does, with which settings, and what its calls are doing; changes settings while the
 * application runs, and aborts calls. Only reading is allowed unless {@code management.endpoint.concurrency.access} is
 * {@code unrestricted}.
 */
@Endpoint(id = ConcurrencyEndpoint.ID, defaultAccess = Access.READ_ONLY)
public class ConcurrencyEndpoint {

    static final String ID = "concurrency";

    private static final AbortReason ABORTED = AbortReason.application("Aborted through the actuator");

    private final PlanRegistry registry;
    private final RunTimeTuning tuning;
    private final InFlight inFlight;
    private final Activity activity;
    private final Supplier<Optional<Cluster>> cluster;

    /** Creates the endpoint. */
    public ConcurrencyEndpoint(
            PlanRegistry registry,
            RunTimeTuning tuning,
            InFlight inFlight,
            Activity activity,
            Supplier<Optional<Cluster>> cluster) {
        this.registry = registry;
        this.tuning = tuning;
        this.inFlight = inFlight;
        this.activity = activity;
        this.cluster = cluster;
    }

    /** All names. */
    @ReadOperation
    public ConcurrencyReport all() {
        Map<String, List<MethodPlan>> plans = this.registry.plans().stream()
                .collect(Collectors.groupingBy(MethodPlan::name, TreeMap::new, Collectors.toList()));
        Map<String, Named> names = new TreeMap<>();
        plans.forEach((name, methods) -> names.put(name, Views.named(name, methods, this.activity)));
        return new ConcurrencyReport(
                names, this.cluster.get().map(Views::cluster).orElse(null));
    }

    /** One name. */
    @ReadOperation
    public Named named(@Selector String name) {
        return Views.named(name, plans(name), this.activity);
    }

    /**
     * Changes settings of the methods of a name, all of them or none, until they are changed again or the application starts
     * again.
     *
     * @param policy the policy, as it is called in {@code application.yml}
     * @param settings a JSON object of values by property, as a nested object or as text; null takes back what was set
     *     before. Where JSON is hard to type, {@code value=30,max-wait=1s} will do
     */
    @WriteOperation
    public Named tune(@Selector String name, @Nullable String policy, @Nullable String settings) {
        plans(name);
        if (!StringUtils.hasText(policy) || !StringUtils.hasText(settings)) {
            throw Problem.badRequest(
                    (StringUtils.hasText(policy) ? "settings" : "policy") + " is missing",
                    "Write {\"policy\": \"bulkhead\", \"settings\": {\"value\": 30}}");
        }
        try {
            this.tuning.set(name, policy, SettingsText.read(settings));
        } catch (InvalidSettingException ex) {
            throw Problem.badRequest(ex.attribute() + ": " + ex.problem(), StringUtils.capitalize(ex.remedy()));
        } catch (InvalidPlanException ex) {
            throw Problem.badRequest(String.valueOf(ex.getMessage()), ex.action());
        }
        return named(name);
    }

    /** Aborts the calls of a name that are in flight. */
    @DeleteOperation
    public AbortedCalls abort(@Selector String name) {
        plans(name);
        return new AbortedCalls(Calls.abort(this.inFlight, name, ABORTED));
    }

    private List<MethodPlan> plans(String name) {
        List<MethodPlan> plans = this.registry.named(name);
        if (plans.isEmpty()) {
            List<String> all = this.registry.plans().stream()
                    .map(MethodPlan::name)
                    .distinct()
                    .toList();
            List<String> nearest = Nearest.to(name, all);
            throw Problem.notFound(
                    "there is no method of the name '" + name + "'",
                    nearest.isEmpty()
                            ? "Use one of the names that GET /actuator/concurrency shows"
                            : "Did you mean " + String.join(" or ", nearest) + "?");
        }
        return plans;
    }
}
