package dev.settle.plan;

import dev.settle.core.CallHost;
import dev.settle.core.PolicyContext;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.util.StringValueResolver;

/** Puts {@link MethodPlans} together for a bean factory. */
public final class MethodPlansFactory {

    private MethodPlansFactory() {}

    /**
     * Makes plans with the policies of an application.
     *
     * @param bindings the policies
     * @param contexts what the application gives to the policies of the beans of a phase
     * @param woven which methods are woven, or null when only proxies apply the policies
     * @param registry keeps the plans that calls are made with
     */
    public static MethodPlans create(
            PolicyBindings bindings,
            DefaultListableBeanFactory beans,
            IntFunction<PolicyContext> contexts,
            CallHost host,
            @Nullable Predicate<Method> woven,
            PlanRegistry registry) {
        StringValueResolver placeholders = beans::resolveEmbeddedValue;
        KeyExpressions keys = new KeyExpressions(beans, beans.getBeanClassLoader());
        return new MethodPlans(
                bindings.outermostFirst(),
                (annotation, method) -> new MergedAttributes(annotation, method, placeholders, beans, keys),
                contexts,
                host,
                new AdvisableMethods(woven),
                registry);
    }

    /** Keeps shared objects by type and name. */
    public static PolicyContext.Shared shared() {
        Map<String, Object> objects = new ConcurrentHashMap<>();
        return new PolicyContext.Shared() {
            @Override
            public <T> T get(Class<T> type, String name, Function<String, T> maker) {
                return type.cast(objects.computeIfAbsent(type.getName() + ":" + name, key -> maker.apply(name)));
            }
        };
    }
}
