package dev.settle.core;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caller's own future of a pending call. It settles with the outcome of the policies, or when the call is aborted.
 * Whatever the caller does to it ({@code cancel}, {@code complete}, {@code orTimeout}) gives the call up, and nothing
 * else.
 */
final class CallFuture<T> extends CompletableFuture<T>
        implements BiConsumer<@Nullable Object, @Nullable Throwable>, Consumer<RootSignal> {

    private final CallRoot root;

    CallFuture(CallRoot root) {
        this.root = root;
    }

    /** The policies have an outcome. */
    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // what the value is, and whether it may be null, only the caller knows
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        Throwable shown = (failure == null) ? null : shown(Failures.unwrap(failure));
        if (shown == null) {
            super.complete((T) value);
        } else {
            super.completeExceptionally(shown);
        }
        this.root.end(shown);
    }

    private Throwable shown(Throwable failure) {
        return this.root
                .signal()
                .reason()
                .map(why -> Failures.aborted(why, failure))
                .orElse(failure);
    }

    /** The call was aborted, and every part of it has been told: if it has not settled by that, it does now. */
    @Override
    public void accept(RootSignal signal) {
        signal.reason().ifPresent(why -> {
            RuntimeException aborted = AbortSource.exception(why);
            super.completeExceptionally(aborted);
            this.root.end(aborted);
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!isDone()) {
            giveUp();
        }
        return isCancelled();
    }

    @Override
    public boolean complete(T value) {
        return given(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return given(super.completeExceptionally(failure));
    }

    private boolean given(boolean byCaller) {
        if (byCaller) {
            giveUp();
        }
        return byCaller;
    }

    private void giveUp() {
        this.root
                .signal()
                .abort(AbortReason.callerCancelled(
                        "The caller gave up '" + this.root.site().name() + "'"));
    }

    /** A dependent of this future is a plain one: cancelling it does not reach the call. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
