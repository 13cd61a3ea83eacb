package dev.settle.autoconfigure;

import dev.settle.plan.MethodPlan;
import dev.settle.plan.Nearest;
import dev.settle.plan.PlanRegistry;
import dev.settle.plan.Settings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Warns, once each, of settings that change nothing, because no method has that name or policy; when all beans are there. */
final class UnusedSettings implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(UnusedSettings.class);

    private final PlanRegistry registry;
    private final Settings configured;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    UnusedSettings(PlanRegistry registry, Settings configured) {
        this.registry = registry;
        this.configured = configured;
    }

    @Override
    public void afterSingletonsInstantiated() {
        warn(this.configured);
    }

    void warn(Settings settings) {
        Set<String> known =
                this.registry.plans().stream().map(MethodPlan::name).collect(Collectors.toCollection(TreeSet::new));
        for (String name : settings.names()) {
            List<MethodPlan> plans = this.registry.plans().stream()
                    .filter(plan -> Settings.uniform(plan.name()).equals(Settings.uniform(name)))
                    .toList();
            if (plans.isEmpty() && this.warned.add(name)) {
                log.warn(
                        "settle.policies.{} changes nothing so far: no method of a bean that is there has that name.{}",
                        name,
                        hint(name, known));
            } else if (!plans.isEmpty()) {
                settings.policies(name).stream()
                        .filter(policy -> plans.stream()
                                .flatMap(plan -> plan.policies().stream())
                                .noneMatch(planned ->
                                        Settings.uniform(planned.policy()).equals(policy)))
                        .filter(policy -> this.warned.add(name + "." + policy))
                        .forEach(policy -> log.warn(
                                "settle.policies.{}.{} changes nothing: no method of that name has the annotation for it.",
                                name,
                                policy));
            }
        }
    }

    private static String hint(String name, Set<String> known) {
        List<String> nearest = Nearest.to(name, known);
        if (!nearest.isEmpty()) {
            return " Did you mean " + String.join(" or ", nearest) + "?";
        }
        return known.isEmpty() ? " There are none." : " There are: " + shortened(known) + ".";
    }

    private static String shortened(Set<String> known) {
        String first = known.stream().limit(10).collect(Collectors.joining(", "));
        return (known.size() > 10) ? first + " and " + (known.size() - 10) + " others" : first;
    }
}
