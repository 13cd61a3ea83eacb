package dev.settle.core;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The caller's own future of a pending call. It settles with the outcome of the policies, or when the call is aborted.
 * Whatever the caller does to it ({@code cancel}, {@code complete}, {@code orTimeout}) gives the call up, and nothing
 * else.
 */
final class CallFuture<T> extends CompletableFuture<T>
        implements BiConsumer<@Nullable Object, @Nullable Throwable>, Consumer<RootSignal> {

    private static final System.Logger LOG = System.getLogger(CallFuture.class.getName());

    private final CallRoot root;

    CallFuture(CallRoot root) {
        this.root = root;
    }

    /** The policies have an outcome. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        Throwable shown = (failure == null) ? null : shown(Failures.unwrap(failure));
        inContext(() -> settle(value, shown));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what the value is, and whether it may be null, only the caller knows
    private void settle(@Nullable Object value, @Nullable Throwable failure) {
        if (failure == null) {
            super.complete((T) value);
        } else {
            super.completeExceptionally(failure);
        }
        this.root.end(failure);
    }

    /** What the caller does next runs here and now, in the caller's context. */
    private void inContext(Runnable settling) {
        try {
            this.root.inContext(settling);
        } catch (Throwable ex) {
            LOG.log(System.Logger.Level.WARNING, "The context of a call could not be carried to its end", ex);
            // Harmless when it was done: the caller must not wait for ever because of a broken context.
            settling.run();
        }
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
            inContext(() -> settle(null, aborted));
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!isDone()) {
            giveUp();
            // Race: another abort may be on its way and still be telling its listeners; a cancelled future is done.
            accept(this.root.signal());
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

    /** The JDK's would complete this future behind our back. */
    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        executor.execute(() -> {
            try {
                complete(supplier.get());
            } catch (Throwable ex) {
                completeExceptionally(ex);
            }
        });
        return this;
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
