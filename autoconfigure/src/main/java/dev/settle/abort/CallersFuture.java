package dev.settle.abort;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A future of the caller's own. Whatever the caller does to it ({@code cancel}, {@code complete}, {@code orTimeout}) gives
 * the work behind it up, and hurts nobody else; a dependent of it is a plain future, whose cancelling does not reach here.
 */
public abstract class CallersFuture<T> extends CompletableFuture<T> {

    /** The caller has settled the future, and wants the work no more. */
    protected abstract void givenUp();

    /** Asked before: false when the outcome has been decided, and only is not there yet; then it cannot be given up. */
    protected boolean mayGiveUp() {
        return true;
    }

    /** Settles the future with the outcome of the work; false, and without effect, when it is settled. */
    @SuppressWarnings("NullAway") // whether the value may be null, only the caller knows
    protected final boolean settle(@Nullable T value, @Nullable Throwable failure) {
        return (failure != null) ? super.completeExceptionally(failure) : super.complete(value);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return mayGiveUp() ? given(super.cancel(mayInterruptIfRunning)) : isCancelled();
    }

    @Override
    public final boolean complete(T value) {
        return mayGiveUp() && given(super.complete(value));
    }

    @Override
    public final boolean completeExceptionally(Throwable failure) {
        return mayGiveUp() && given(super.completeExceptionally(failure));
    }

    /** The JDK's own would settle the future behind our back. */
    @Override
    public final CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        executor.execute(() -> {
            try {
                complete(supplier.get());
            } catch (Throwable ex) {
                completeExceptionally(ex);
            }
        });
        return this;
    }

    @Override
    public final void obtrudeValue(T value) {
        boolean open = !isDone();
        super.obtrudeValue(value);
        given(open);
    }

    @Override
    public final void obtrudeException(Throwable failure) {
        boolean open = !isDone();
        super.obtrudeException(failure);
        given(open);
    }

    private boolean given(boolean byCaller) {
        if (byCaller) {
            givenUp();
        }
        return byCaller;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
