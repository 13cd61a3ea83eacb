package dev.settle.plan;

import dev.settle.kotlin.KotlinAdapters;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/**
 * How a method's outcome comes, decided by its signature.
 *
 * @param kind what the outcome is
 * @param adapter makes a publisher of what the method returns, and the other way round; null where Spring's proxies deal in
 *     {@code Mono} and {@code Flux} themselves
 * @param suspends whether it is a suspending function of Kotlin's, which proxies see as a publisher
 */
public record ReturnType(ReturnKind kind, @Nullable ReactiveAdapter adapter, boolean suspends) {

    private static final String KOTLIN_FLOW = "kotlinx.coroutines.flow.Flow";

    private static final String KOTLIN_DEFERRED = "kotlinx.coroutines.Deferred";

    /** Types whose work begins or ends after the method has returned; by name, because they may not be there. */
    private static final Set<String> DEFERRED = Set.of(
            "org.reactivestreams.Publisher",
            KOTLIN_FLOW,
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
     * How the outcome of a method comes that returns the given type, its type variables filled in.
     *
     * @param place the method, for the error
     * @throws InvalidPlanException when Settle cannot follow what it returns
     */
    static ReturnType of(String place, Method method, Class<?> type) {
        if (KotlinDetector.isSuspendingFunction(method)) {
            return suspending(place, method);
        }
        if (type == CompletableFuture.class || type == CompletionStage.class) {
            return new ReturnType(ReturnKind.STAGE, null, false);
        }
        if (type == Future.class) {
            return new ReturnType(ReturnKind.FUTURE, null, false);
        }
        if (!isDeferred(type)) {
            return new ReturnType(ReturnKind.VALUE, null, false);
        }
        ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
        // Of a subtype, such as a StateFlow or a future of one's own, none can be made.
        if (adapter == null || adapter.getReactiveType() != type || !isPresent("reactor.core.publisher.Flux")) {
            throw refuse(place, "a " + type.getName() + " returned from it");
        }
        return new ReturnType(adapter.isMultiValue() ? ReturnKind.STREAM : ReturnKind.SINGLE, own(adapter), false);
    }

    private static ReactiveAdapter own(ReactiveAdapter springs) {
        return switch (springs.getReactiveType().getName()) {
            case KOTLIN_FLOW -> KotlinAdapters.flow();
            case KOTLIN_DEFERRED -> KotlinAdapters.deferred();
            default -> springs;
        };
    }

    private static ReturnType suspending(String place, Method method) {
        if (!isPresent("kotlinx.coroutines.reactor.MonoKt") || !KotlinDetector.isKotlinReflectPresent()) {
            throw new InvalidPlanException(
                    place,
                    "without kotlinx-coroutines-reactor and kotlin-reflect no proxy can call a suspend function",
                    "Add org.jetbrains.kotlinx:kotlinx-coroutines-reactor and org.jetbrains.kotlin:kotlin-reflect to the"
                            + " application.",
                    null);
        }
        Class<?> type = new MethodParameter(method, -1).getParameterType();
        boolean flow = type.getName().equals(KOTLIN_FLOW);
        if (!flow && isDeferred(type)) {
            throw new InvalidPlanException(
                    place,
                    "Settle cannot follow what a " + type.getName() + " returned from a suspend function does",
                    "Return the value itself, or a Flow; or take the word suspend, or the annotation, away.",
                    null);
        }
        return new ReturnType(flow ? ReturnKind.STREAM : ReturnKind.SINGLE, null, true);
    }

    private static InvalidPlanException refuse(String place, String what) {
        return new InvalidPlanException(
                place,
                "Settle cannot follow what " + what + " does",
                "Return a value, void, CompletableFuture, CompletionStage, Future, or, with reactor-core on the class path, a"
                        + " Mono, a Flux or another type that Spring's ReactiveAdapterRegistry knows; or take the annotation"
                        + " away.",
                null);
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, ReturnType.class.getClassLoader());
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
