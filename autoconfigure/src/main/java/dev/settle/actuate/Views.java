package dev.settle.actuate;

import dev.settle.activity.Activity;
import dev.settle.activity.Counts;
import dev.settle.activity.NameActivity;
import dev.settle.activity.Refusal;
import dev.settle.actuate.ConcurrencyReport.ClusterView;
import dev.settle.actuate.ConcurrencyReport.Live;
import dev.settle.actuate.ConcurrencyReport.Named;
import dev.settle.actuate.ConcurrencyReport.PlannedMethod;
import dev.settle.actuate.ConcurrencyReport.Policy;
import dev.settle.actuate.ConcurrencyReport.Rejection;
import dev.settle.actuate.ConcurrencyReport.SettingView;
import dev.settle.cluster.Cluster;
import dev.settle.cluster.ClusterSettings;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.PlannedPolicy;
import dev.settle.plan.SettingValue;
import dev.settle.plan.Vocabulary;
import dev.settle.time.Nanos;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans, as the endpoint shows them. */
final class Views {

    private Views() {}

    static Named named(String name, List<MethodPlan> plans, Activity activity) {
        Set<String> policies = plans.stream()
                .flatMap(plan -> plan.policies().stream())
                .map(PlannedPolicy::policy)
                .collect(Collectors.toSet());
        return new Named(name, plans.stream().map(Views::method).toList(), live(activity.of(name), policies));
    }

    private static Live live(NameActivity activity, Set<String> policies) {
        Counts counts = activity.counts();
        Map<String, Long> waiting = new LinkedHashMap<>();
        counts.waiting().forEach((phase, count) -> {
            if (policies.contains(phase.word())) {
                waiting.put(phase.word(), count);
            }
        });
        Map<String, Long> outcomes = new LinkedHashMap<>();
        counts.outcomes().forEach((outcome, count) -> outcomes.put(outcome.word(), count));
        List<Rejection> rejections = activity.rejections().stream()
                .map(refusal -> rejection(refusal, activity.now()))
                .toList();
        return new Live(counts.inFlight(), counts.running(), waiting, outcomes, rejections);
    }

    private static Rejection rejection(Refusal refusal, long now) {
        return new Rejection(
                refusal.policy(),
                refusal.reason().name().toLowerCase(Locale.ROOT),
                Nanos.words(Nanos.between(refusal.at(), now)));
    }

    static ClusterView cluster(Cluster cluster) {
        ClusterSettings settings = cluster.settings();
        return new ClusterView(
                cluster.engine().name(),
                cluster.away(),
                settings.onFailure().name().toLowerCase(Locale.ROOT),
                settings.prefix(),
                cluster.leases(),
                cluster.lost(),
                cluster.failures());
    }

    private static PlannedMethod method(MethodPlan plan) {
        Method method = plan.method();
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
        return new PlannedMethod(
                method.getDeclaringClass().getName(),
                method.getName() + parameters,
                plan.returns().kind().name().toLowerCase(Locale.ROOT),
                plan.policies().stream().map(Views::policy).toList());
    }

    private static Policy policy(PlannedPolicy<?> policy) {
        Map<String, SettingView> settings = new LinkedHashMap<>();
        for (SettingValue setting : policy.values()) {
            settings.put(Vocabulary.dashed(setting.property()), new SettingView(setting.value(), setting.source()));
        }
        return new Policy(
                Vocabulary.dashed(policy.policy()),
                policy.enabled(),
                settings,
                policy.step().state());
    }
}
