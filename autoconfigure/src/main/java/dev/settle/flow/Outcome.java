package dev.settle.flow;

import dev.settle.core.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call: it is done, or it failed.
 *
 * <pre class="code">
 * Outcome.of(api.price(id)).thenAccept(price -&gt; price.fold(this::show, this::explain));
 * </pre>
 */
public sealed interface Outcome<T extends @Nullable Object> {

    /**
     * It is done.
     *
     * @param value what it gave
     */
    record Done<T extends @Nullable Object>(T value) implements Outcome<T> {}

    /**
     * It failed.
     *
     * @param cause why, without the wrappers that futures put around it
     */
    record Failed<T extends @Nullable Object>(Throwable cause) implements Outcome<T> {}

    /** What one function makes of a value, or the other of a failure. */
    default <R extends @Nullable Object> R fold(Function<? super T, ? extends R> done, Function<Throwable, R> failed) {
        return (this instanceof Failed<T> failure)
                ? failed.apply(failure.cause())
                : done.apply(((Done<T>) this).value());
    }

    /** What becomes of the stage, as soon as that is known; never fails. Cancelling it does not cancel the stage. */
    static <T extends @Nullable Object> CompletableFuture<Outcome<T>> of(CompletionStage<T> stage) {
        CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
        stage.handle((value, failure) -> outcome.complete(of(value, failure)));
        return outcome;
    }

    /** One of both, as a future tells it. */
    @SuppressWarnings("NullAway") // whether the value may be null, only the caller knows
    static <T extends @Nullable Object> Outcome<T> of(@Nullable T value, @Nullable Throwable failure) {
        return (failure == null) ? new Done<>(value) : new Failed<>(Failures.unwrap(failure));
    }
}
