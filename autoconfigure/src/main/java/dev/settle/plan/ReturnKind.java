package dev.settle.plan;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What a method's outcome is, decided by its signature. */
public enum ReturnKind {
    /** The value returned, or what is thrown. */
    VALUE,
    /** The outcome of the {@code CompletionStage} returned. */
    STAGE,
    /** The outcome of a plain {@code Future}, which has to be waited for. */
    FUTURE;

    /** Types whose work begins or ends after the method has returned; by name, because they may not be there. */
    private static final Set<String> DEFERRED = Set.of(
            "org.reactivestreams.Publisher",
            "kotlinx.coroutines.flow.Flow",
            "kotlinx.coroutines.Job",
            "io.reactivex.rxjava3.core.CompletableSource",
            "io.reactivex.rxjava3.core.SingleSource",
            "io.reactivex.rxjava3.core.MaybeSource",
            "io.reactivex.rxjava3.core.ObservableSource",
            "io.vertx.core.Future",
            "io.smallrye.mutiny.Uni",
            "org.springframework.web.context.request.async.DeferredResult",
            "org.springframework.web.context.request.async.WebAsyncTask");

    /**
     * The kind of a method that returns the given type, its type variables filled in; null when Settle cannot follow what
     * it returns.
     */
    static @Nullable ReturnKind of(Method method, Class<?> type) {
        if (type == CompletableFuture.class || type == CompletionStage.class) {
            return STAGE;
        }
        if (type == Future.class) {
            return FUTURE;
        }
        if (suspends(method) || isDeferred(type)) {
            return null;
        }
        return VALUE;
    }

    private static boolean suspends(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return parameters.length > 0
                && parameters[parameters.length - 1].getName().equals("kotlin.coroutines.Continuation");
    }

    private static boolean isDeferred(Class<?> type) {
        return Future.class.isAssignableFrom(type)
                || CompletionStage.class.isAssignableFrom(type)
                || Flow.Publisher.class.isAssignableFrom(type)
                || Callable.class.isAssignableFrom(type)
                || hasDeferredName(type);
    }

    private static boolean hasDeferredName(Class<?> type) {
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            if (DEFERRED.contains(next.getName())) {
                return true;
            }
            for (Class<?> implemented : next.getInterfaces()) {
                if (hasDeferredName(implemented)) {
                    return true;
                }
            }
        }
        return false;
    }
}
