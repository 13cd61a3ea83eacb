package dev.settle.plan;

import dev.settle.core.PolicyBinding;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.BeanNameAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the annotations of policies as Spring finds its own: on the method, the methods it overrides or implements, then
 * on its class and what that extends and implements; composed annotations included. The nearest wins.
 */
final class PolicyAnnotations {

    private static final List<Class<?>> CALLBACKS = List.of(
            Object.class,
            AutoCloseable.class,
            SmartLifecycle.class,
            Lifecycle.class,
            Phased.class,
            Ordered.class,
            InitializingBean.class,
            DisposableBean.class,
            SmartInitializingSingleton.class,
            BeanNameAware.class,
            BeanFactoryAware.class,
            ApplicationContextAware.class,
            EnvironmentAware.class);

    private PolicyAnnotations() {}

    /** A quick no for classes that cannot carry any of the annotations, such as the JDK's. */
    static boolean mayCarry(Class<?> type, List<PolicyBinding<?>> bindings) {
        for (PolicyBinding<?> binding : bindings) {
            if (AnnotationUtils.isCandidateClass(type, binding.annotation())) {
                return true;
            }
        }
        return false;
    }

    /** Asked of every method of every bean: so without streams, and with one look at each element. */
    static boolean carries(Method method, List<PolicyBinding<?>> bindings) {
        return carriesItself(method, bindings)
                || (carriesItself(method.getDeclaringClass(), bindings) && isForClassLevel(method));
    }

    private static boolean carriesItself(AnnotatedElement element, List<PolicyBinding<?>> bindings) {
        MergedAnnotations annotations = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY);
        for (PolicyBinding<?> binding : bindings) {
            if (annotations.isPresent(binding.annotation())) {
                return true;
            }
        }
        return false;
    }

    /** All that may hold for a method, the nearest or not. */
    static List<? extends MergedAnnotation<? extends Annotation>> all(Method method, List<PolicyBinding<?>> bindings) {
        return bindings.stream()
                .flatMap(binding ->
                        Stream.concat(on(method, binding).stream(), on(method.getDeclaringClass(), binding).stream()))
                .toList();
    }

    /** The nearest annotation that the binding accepts; two on the same element are an error. */
    static @Nullable MergedAnnotation<? extends Annotation> find(
            String place,
            Method method,
            PolicyBinding<?> binding,
            Predicate<MergedAnnotation<? extends Annotation>> accepts) {
        MergedAnnotation<? extends Annotation> nearest = nearest(place, binding, on(method, binding), accepts);
        if (nearest == null && isForClassLevel(method)) {
            nearest = nearest(place, binding, on(method.getDeclaringClass(), binding), accepts);
        }
        return nearest;
    }

    private static @Nullable MergedAnnotation<? extends Annotation> nearest(
            String place,
            PolicyBinding<?> binding,
            List<? extends MergedAnnotation<? extends Annotation>> found,
            Predicate<MergedAnnotation<? extends Annotation>> accepts) {
        List<? extends MergedAnnotation<? extends Annotation>> accepted =
                found.stream().filter(accepts).toList();
        if (accepted.isEmpty()) {
            return null;
        }
        MergedAnnotation<? extends Annotation> first = accepted.get(0);
        if (accepted.size() > 1
                && accepted.get(1).getAggregateIndex() == first.getAggregateIndex()
                && accepted.get(1).getDistance() == first.getDistance()) {
            String name = "@" + binding.annotation().getSimpleName();
            throw new InvalidPlanException(
                    place,
                    name + " stands there more than once for the same purpose",
                    "Leave one of them; " + name + " may stand there several times only with different scopes.",
                    null);
        }
        return first;
    }

    private static List<? extends MergedAnnotation<? extends Annotation>> on(
            AnnotatedElement element, PolicyBinding<?> binding) {
        return MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY).stream(binding.annotation())
                .toList();
    }

    /** An annotation on a class is for the methods that other beans call. */
    private static boolean isForClassLevel(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !method.isSynthetic()
                && !isCallback(method);
    }

    /** What the container calls must not be refused, retried or timed out because of an annotation on the class. */
    private static boolean isCallback(Method method) {
        return CALLBACKS.stream().anyMatch(type -> {
            Class<?>[] parameters = method.getParameterTypes();
            return type.isAssignableFrom(method.getDeclaringClass())
                    && ReflectionUtils.findMethod(type, method.getName(), parameters) != null;
        });
    }
}
