package dev.settle.lifecycle;

import dev.settle.abort.AbortEvent;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncCleanup;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/** A bean's method as a cleanup; called through the bean's proxy, so that its annotations apply. */
final class OnAbortCleanup implements AsyncCleanup {

    private static final Map<Class<?>, Function<AbortEvent, Object>> ARGUMENTS = Map.of(
            AbortEvent.class, event -> event, AbortSignal.class, AbortEvent::hard, AbortReason.class, AbortEvent::reason);

    private final Object bean;
    private final Method method;
    private final List<Function<AbortEvent, Object>> arguments;

    private OnAbortCleanup(Object bean, Method method, List<Function<AbortEvent, Object>> arguments) {
        this.bean = bean;
        this.method = method;
        this.arguments = arguments;
    }

    static OnAbortCleanup of(String place, Object bean, Method declared) {
        List<Function<AbortEvent, Object>> arguments = new ArrayList<>();
        for (Class<?> type : declared.getParameterTypes()) {
            Function<AbortEvent, Object> argument = ARGUMENTS.get(type);
            if (argument == null) {
                throw new InvalidCleanupException(
                        place,
                        "nothing is known to pass for its parameter of type " + type.getName(),
                        "Take no parameters, or an AbortEvent, an AbortSignal or an AbortReason.");
            }
            arguments.add(argument);
        }
        Method method = AopUtils.selectInvocableMethod(declared, bean.getClass());
        ReflectionUtils.makeAccessible(method);
        return new OnAbortCleanup(bean, method, arguments);
    }

    @Override
    public @Nullable CompletionStage<?> cleanUp(AbortEvent event) throws Exception {
        Object[] values =
                this.arguments.stream().map(argument -> argument.apply(event)).toArray();
        try {
            Object result = this.method.invoke(this.bean, values);
            if (result == null || result instanceof CompletionStage<?>) {
                return (CompletionStage<?>) result;
            }
            return CompletableFuture.completedFuture(result);
        } catch (InvocationTargetException ex) {
            if (ex.getTargetException() instanceof Exception thrown) {
                throw thrown;
            }
            throw ex;
        }
    }
}
