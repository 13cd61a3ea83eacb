package dev.settle.abort;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stages that are no {@code CompletableFuture}, as other libraries have them. */
final class Stages {

    private Stages() {}

    /** Follows the future, but cannot be turned into one, so nobody can cancel it. */
    static <T> CompletionStage<T> followingOnly(CompletableFuture<T> future) {
        return stage((proxy, method, arguments) -> {
            if (method.getName().equals("toCompletableFuture")) {
                throw new UnsupportedOperationException();
            }
            try {
                return method.invoke(future, arguments);
            } catch (InvocationTargetException ex) {
                throw ex.getCause();
            }
        });
    }

    /** Throws whatever is asked of it. */
    static <T> CompletionStage<T> throwing(RuntimeException failure) {
        return stage((proxy, method, arguments) -> {
            throw failure;
        });
    }

    @SuppressWarnings("unchecked")
    private static <T> CompletionStage<T> stage(InvocationHandler handler) {
        return (CompletionStage<T>)
                Proxy.newProxyInstance(Stages.class.getClassLoader(), new Class<?>[] {CompletionStage.class}, handler);
    }
}
