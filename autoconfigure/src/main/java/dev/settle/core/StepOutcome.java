package dev.settle.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The future of a step. What is around it follows it directly: a callback of the JDK would be two more objects for each
 * step of each pending call.
 *
 * <p>Race: somebody begins to follow while the outcome comes. Whoever finds the other's word tells.
 */
public class StepOutcome extends CompletableFuture<@Nullable Object> {

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<StepOutcome, @Nullable BiConsumer> FOLLOWER =
            AtomicReferenceFieldUpdater.newUpdater(StepOutcome.class, BiConsumer.class, "follower");

    private static final BiConsumer<@Nullable Object, @Nullable Throwable> TOLD = StepOutcome::nobody;

    @SuppressWarnings({"rawtypes", "UnusedVariable"}) // the updater knows no type parameters, and is all that uses it
    private volatile @Nullable BiConsumer follower;

    /** Nothing yet. */
    protected StepOutcome() {}

    /** Not by {@code whenComplete}: what that returns would fail too, with an exception around the exception. */
    static void tell(
            CompletionStage<?> stage, BiConsumer<? super @Nullable Object, ? super @Nullable Throwable> follower) {
        stage.handle((value, failure) -> {
            follower.accept(value, failure);
            return null;
        });
    }

    private static void nobody(@Nullable Object value, @Nullable Throwable failure) {}

    /** Tells the follower the outcome of a future of any kind, when it is there or at once. It must not throw. */
    public static void follow(
            CompletableFuture<@Nullable Object> future,
            BiConsumer<? super @Nullable Object, ? super @Nullable Throwable> follower) {
        if (!(future instanceof StepOutcome outcome) || !FOLLOWER.compareAndSet(outcome, null, follower)) {
            tell(future, follower);
        }
    }

    @Override
    public boolean complete(@Nullable Object value) {
        return super.complete(value) && told(value, null);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return super.completeExceptionally(failure) && told(null, failure);
    }

    /** Race: it may have been completed before; who takes the follower tells it what the outcome is. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        BiConsumer<@Nullable Object, @Nullable Throwable> waiting = take();
        if (waiting != null) {
            tell(this, waiting);
        }
        return cancelled;
    }

    private boolean told(@Nullable Object value, @Nullable Throwable failure) {
        BiConsumer<@Nullable Object, @Nullable Throwable> waiting = take();
        if (waiting != null) {
            waiting.accept(value, failure);
        }
        return true;
    }

    @SuppressWarnings("unchecked") // only follow() puts it there
    private @Nullable BiConsumer<@Nullable Object, @Nullable Throwable> take() {
        return FOLLOWER.getAndSet(this, TOLD);
    }
}
