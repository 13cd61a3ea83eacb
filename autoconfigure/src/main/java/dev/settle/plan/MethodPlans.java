package dev.settle.plan;

import dev.settle.core.CallHost;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/** Makes the plans of a bean's methods from their annotations, once, when the bean is created. */
public final class MethodPlans {

    private final List<PolicyBinding<?>> bindings;
    private final BiFunction<MergedAnnotation<? extends Annotation>, Method, MergedAttributes> attributes;
    private final IntFunction<PolicyContext> contexts;
    private final CallHost host;
    private final AdvisableMethods advisable;
    private final PlanRegistry registry;

    MethodPlans(
            List<PolicyBinding<?>> bindings,
            BiFunction<MergedAnnotation<? extends Annotation>, Method, MergedAttributes> attributes,
            IntFunction<PolicyContext> contexts,
            CallHost host,
            AdvisableMethods advisable,
            PlanRegistry registry) {
        this.bindings = bindings;
        this.attributes = attributes;
        this.contexts = contexts;
        this.host = host;
        this.advisable = advisable;
        this.registry = registry;
    }

    /** Whether a class carries any annotation of a policy, on itself or a method; cheap, and asked of every bean. */
    public static boolean concerns(Class<?> type, List<PolicyBinding<?>> bindings) {
        return PolicyAnnotations.mayCarry(type, bindings)
                && !annotated(type, bindings).isEmpty();
    }

    static Set<Method> annotated(Class<?> type, List<PolicyBinding<?>> bindings) {
        return MethodIntrospector.selectMethods(
                type, (ReflectionUtils.MethodFilter) method -> PolicyAnnotations.carries(method, bindings));
    }

    /**
     * The plans of a bean's methods.
     *
     * @param phase the phase of Spring's lifecycle that the bean belongs to
     * @throws InvalidPlanException when a method cannot have the policies it asks for
     */
    public Map<Method, MethodPlan> of(String beanName, Class<?> type, int phase) {
        Map<Method, MethodPlan> plans = new LinkedHashMap<>();
        PolicyContext context = this.contexts.apply(phase);
        for (Method method : annotated(type, this.bindings)) {
            plans.put(method, plan(beanName, type, method, context));
        }
        return plans;
    }

    private MethodPlan plan(String beanName, Class<?> type, Method method, PolicyContext context) {
        String place = "Bean '" + beanName + "', method " + type.getName() + "." + signature(method);
        this.advisable.check(place, method);
        ReturnType returns = ReturnType.of(place, method, GenericTypeResolver.resolveReturnType(method, type));
        List<Found<?>> found = found(place, method);
        String name = name(found, beanName + "." + method.getName());
        Tuning tuning = this.registry.tuning();
        PolicyContext own = context.forMethod(name, returns.kind() == ReturnKind.STREAM);
        List<PlannedPolicy<?>> policies = new ArrayList<>();
        for (PolicyBinding<?> binding : this.bindings) {
            Found<?> one = of(binding, found);
            if (one == null) {
                one = implied(place, method, binding, found);
            }
            if (one != null) {
                policies.add(one.plan(own, !found.contains(one), tuning));
            }
        }
        return new MethodPlan(method, name, this.host, returns, policies);
    }

    /** Puts plans in the registry, which tunes and shows them; for those that calls are really made with. */
    public void register(Collection<MethodPlan> plans) {
        this.registry.add(plans);
    }

    private List<Found<?>> found(String place, Method method) {
        List<Found<?>> found = new ArrayList<>();
        for (PolicyBinding<?> binding : this.bindings) {
            Found<?> one = find(place, binding, method);
            if (one != null) {
                found.add(one);
            }
        }
        return found;
    }

    private static @Nullable Found<?> of(PolicyBinding<?> binding, List<Found<?>> found) {
        for (Found<?> one : found) {
            if (one.binding() == binding) {
                return one;
            }
        }
        return null;
    }

    private static String name(List<Found<?>> found, String otherwise) {
        Set<String> names = new LinkedHashSet<>();
        for (Found<?> one : found) {
            names.addAll(one.name());
        }
        return (names.size() == 1) ? names.iterator().next() : otherwise;
    }

    /** A policy that settings may ask for, beside another annotation of the same type. */
    private <S> @Nullable Found<S> implied(
            String place, Method method, PolicyBinding<S> binding, List<Found<?>> found) {
        boolean possible = !binding.implied().isEmpty()
                && found.stream().anyMatch(one -> one.binding().annotation() == binding.annotation());
        return possible
                ? found(place, binding, MergedAnnotation.of(binding.annotation(), binding.implied()), method)
                : null;
    }

    private <S> @Nullable Found<S> find(String place, PolicyBinding<S> binding, Method method) {
        MergedAnnotation<?> annotation = PolicyAnnotations.find(
                place, method, binding, one -> binding.accepts(this.attributes.apply(one, method)));
        return (annotation == null) ? null : found(place, binding, annotation, method);
    }

    private <S> Found<S> found(String place, PolicyBinding<S> binding, MergedAnnotation<?> annotation, Method method) {
        return new Found<>(
                place + ", @" + binding.annotation().getSimpleName(),
                binding,
                this.attributes.apply(annotation, method));
    }

    /** A policy that a method asks for. */
    private record Found<S>(String place, PolicyBinding<S> binding, MergedAttributes attributes) {

        Set<String> name() {
            try {
                String name = this.attributes.text("name");
                return StringUtils.hasText(name) ? Set.of(name) : Set.of();
            } catch (InvalidSettingException ex) {
                throw new InvalidPlanException(
                        this.place + "(name)", ex.problem(), StringUtils.capitalize(ex.remedy()) + ".", ex);
            }
        }

        PlannedPolicy<S> plan(PolicyContext context, boolean implied, Tuning tuning) {
            return new PlannedPolicy<>(this.place, this.binding, this.attributes, context, implied, tuning);
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
