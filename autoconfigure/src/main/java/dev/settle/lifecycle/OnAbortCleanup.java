package dev.settle.lifecycle;

import dev.settle.abort.AbortEvent;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncCleanup;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/** A bean's method as a cleanup; called through the bean's proxy, so that its annotations apply. */
final class OnAbortCleanup implements AsyncCleanup {

    private static final Map<Class<?>, Function<AbortEvent, Object>> ARGUMENTS = Map.of(
            AbortEvent.class,
            event -> event,
            AbortSignal.class,
            AbortEvent::hard,
            AbortReason.class,
            AbortEvent::reason);

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
        Method method = throughProxy(place, bean, declared);
        ReflectionUtils.makeAccessible(method);
        return new OnAbortCleanup(bean, method, arguments);
    }

    private static Method throughProxy(String place, Object bean, Method declared) {
        try {
            Method method = AopUtils.selectInvocableMethod(declared, bean.getClass());
            // A final method would run on the proxy itself, whose fields are empty.
            if (!AopUtils.isCglibProxy(bean) || !Modifier.isFinal(method.getModifiers())) {
                return method;
            }
        } catch (IllegalStateException ex) {
            // Said below, with the place.
        }
        throw new InvalidCleanupException(
                place,
                "it cannot be called through the bean's proxy",
                "Make it neither private nor final, or, when the proxy is one of interfaces, a method of an interface.");
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
            // A plain future cannot call back, so it is waited for here, on the cleanup's own thread.
            return CompletableFuture.completedFuture(result instanceof Future<?> future ? future.get() : result);
        } catch (ExecutionException ex) {
            return CompletableFuture.failedFuture((ex.getCause() != null) ? ex.getCause() : ex);
        } catch (InvocationTargetException ex) {
            if (ex.getTargetException() instanceof Exception thrown) {
                throw thrown;
            }
            if (ex.getTargetException() instanceof Error error) {
                throw error;
            }
            throw ex;
        }
    }
}
