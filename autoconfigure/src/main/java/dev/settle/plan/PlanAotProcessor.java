package dev.settle.plan;

import dev.settle.core.PolicyBinding;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.ClassUtils;

/** Says ahead of time what the plans of a bean's methods will reach by reflection. */
final class PlanAotProcessor implements BeanRegistrationAotProcessor {

    private static final MemberCategory[] TO_MAKE = {
        MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
        MemberCategory.INVOKE_DECLARED_METHODS,
        MemberCategory.ACCESS_DECLARED_FIELDS
    };

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        PolicyBindings policies =
                bean.getBeanFactory().getBeanProvider(PolicyBindings.class).getIfUnique();
        Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
        if (policies == null || !MethodPlans.concerns(type, policies.outermostFirst())) {
            return null;
        }
        return (generation, code) -> contribute(generation.getRuntimeHints(), bean, type, policies.outermostFirst());
    }

    private static void contribute(
            RuntimeHints hints, RegisteredBean bean, Class<?> type, List<PolicyBinding<?>> bindings) {
        Set<Method> methods = MethodPlans.annotated(type, bindings);
        hints.reflection().registerType(type);
        hints.reflection().registerForInterfaces(type, hint -> {});
        for (Method method : methods) {
            hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
            KeyHints keys = new KeyHints(hints, bean.getBeanFactory(), type, method);
            PolicyAnnotations.all(method, bindings).forEach(annotation -> contribute(hints, keys, annotation));
        }
    }

    /** Whatever the policy: a class that it names may have to be made, and its key is evaluated. */
    private static void contribute(
            RuntimeHints hints, KeyHints keys, MergedAnnotation<? extends Annotation> annotation) {
        AnnotationAttributes attributes = annotation.asAnnotationAttributes();
        attributes.forEach((name, value) -> {
            if (value instanceof Class<?> named && !named.isInterface()) {
                hints.reflection().registerType(named, TO_MAKE);
            } else if (name.equals("key") && value instanceof String key) {
                keys.register(key);
            }
        });
    }
}
