package dev.settle.plan;

import dev.settle.core.CallSite;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import dev.settle.plan.MethodPlan.PlannedPolicy;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/** Makes the plans of a bean's methods from their annotations, once, when the bean is created. */
public final class MethodPlans {

    private final List<PolicyBinding<?>> bindings;
    private final Function<MergedAnnotation<? extends Annotation>, MergedAttributes> attributes;
    private final PolicyContext context;
    private final Function<String, CallSite> sites;

    MethodPlans(
            List<PolicyBinding<?>> bindings,
            Function<MergedAnnotation<? extends Annotation>, MergedAttributes> attributes,
            PolicyContext context,
            Function<String, CallSite> sites) {
        this.bindings = bindings;
        this.attributes = attributes;
        this.context = context;
        this.sites = sites;
    }

    /** Whether a class carries any annotation of a policy, on itself or a method; cheap, and asked of every bean. */
    public static boolean concerns(Class<?> type, List<PolicyBinding<?>> bindings) {
        return PolicyAnnotations.mayCarry(type, bindings)
                && !annotated(type, bindings).isEmpty();
    }

    private static Set<Method> annotated(Class<?> type, List<PolicyBinding<?>> bindings) {
        return MethodIntrospector.selectMethods(
                type, (ReflectionUtils.MethodFilter) method -> PolicyAnnotations.carries(method, bindings));
    }

    /**
     * The plans of a bean's methods.
     *
     * @throws InvalidPlanException when a method cannot have the policies it asks for
     */
    public Map<Method, MethodPlan> of(String beanName, Class<?> type) {
        Map<Method, MethodPlan> plans = new LinkedHashMap<>();
        for (Method method : annotated(type, this.bindings)) {
            plans.put(method, plan(beanName, type, method));
        }
        return plans;
    }

    private MethodPlan plan(String beanName, Class<?> type, Method method) {
        String place = "Bean '" + beanName + "', method " + type.getName() + "." + signature(method);
        AdvisableMethods.check(place, method);
        Class<?> returned = GenericTypeResolver.resolveReturnType(method, type);
        ReturnKind kind = ReturnKind.of(method, returned);
        if (kind == null) {
            throw new InvalidPlanException(
                    place,
                    "Settle cannot follow what a " + returned.getName() + " returned from it does",
                    "Return a value, void, CompletableFuture, CompletionStage or Future, or take the annotation away.",
                    null);
        }
        List<PlannedPolicy> policies = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (PolicyBinding<?> binding : this.bindings) {
            PlannedPolicy planned = planned(place, binding, method, names);
            if (planned != null) {
                policies.add(planned);
            }
        }
        String name = (names.size() == 1) ? names.iterator().next() : beanName + "." + method.getName();
        return new MethodPlan(method, this.sites.apply(name), kind, policies);
    }

    private <S> @Nullable PlannedPolicy planned(
            String place, PolicyBinding<S> binding, Method method, Set<String> names) {
        MergedAnnotation<?> found = PolicyAnnotations.find(
                place, method, binding, annotation -> binding.accepts(this.attributes.apply(annotation)));
        if (found == null) {
            return null;
        }
        MergedAttributes read = this.attributes.apply(found);
        try {
            String name = read.text("name");
            if (StringUtils.hasText(name)) {
                names.add(name);
            }
            S settings = binding.settings(read);
            return new PlannedPolicy(binding.policy(), settings, binding.create(settings, this.context));
        } catch (InvalidSettingException ex) {
            throw new InvalidPlanException(
                    place + ", @" + binding.annotation().getSimpleName() + "(" + ex.attribute() + ")",
                    ex.problem(),
                    StringUtils.capitalize(ex.remedy()) + ".",
                    ex);
        }
    }

    private static String signature(Method method) {
        List<String> parameters = new ArrayList<>();
        for (Class<?> parameter : method.getParameterTypes()) {
            parameters.add(parameter.getSimpleName());
        }
        return method.getName() + "(" + String.join(", ", parameters) + ")";
    }
}
