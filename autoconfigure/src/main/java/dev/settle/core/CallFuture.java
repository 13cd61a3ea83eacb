package dev.settle.core;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CallersFuture;
import dev.settle.time.Workers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The caller's own future of a pending call. It settles with the outcome of the policies, or when the call is aborted.
 */
final class CallFuture<T> extends CallersFuture<T>
        implements BiConsumer<@Nullable Object, @Nullable Throwable>, Runnable {

    private final CallRoot root;
    private volatile boolean observed;
    private volatile UnobservedFailures.@Nullable Watch watch;

    CallFuture(CallRoot root) {
        this.root = root;
    }

    /** The future of a call that is not let in. */
    static <T> CompletableFuture<T> refused(CallRoot root, Throwable refusal) {
        CallFuture<T> future = new CallFuture<>(root);
        future.settleWatched(null, refusal);
        return future;
    }

    /** The policies have an outcome. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        Throwable shown = (failure == null) ? null : shown(Failures.unwrap(failure));
        // What the caller does next runs here and now, in the caller's context.
        resume(new Ending<>(this, value, shown));
    }

    /** As {@link Nesting#run} does, without an object more for each call. */
    private void resume(Ending<T> ending) {
        if (!Nesting.enter()) {
            Nesting.elsewhere(() -> this.root.resume(ending), Workers.shared());
            return;
        }
        try {
            this.root.resume(ending);
        } finally {
            Nesting.leave();
        }
    }

    /**
     * Race: the outcome and an abort may come together. Where the call is observed, the one that tells the observer first
     * decides for the caller, too.
     */
    private void end(@Nullable Object value, @Nullable Throwable failure) {
        CallWatch watching = this.root.watch();
        if (watching == null) {
            over(value, failure);
        } else {
            CallWatch.Ending told = watching.end(value, failure);
            over(told.value(), told.failure());
        }
    }

    @SuppressWarnings("unchecked") // what the value is, only the caller knows
    private void over(@Nullable Object value, @Nullable Throwable failure) {
        settleWatched((T) value, failure);
        this.root.end(failure);
    }

    /**
     * Race: the caller may look between the question whether it has and the watch; then it has left its word before, or
     * finds the watch afterwards.
     */
    private void settleWatched(@Nullable T value, @Nullable Throwable failure) {
        UnobservedFailures unobserved = this.root.site().host().unobserved();
        boolean alone = getNumberOfDependents() == 0;
        if (settle(value, failure) && failure != null && alone && unobserved != null && !this.observed) {
            this.watch = unobserved.watch(this, this.root.site(), failure);
            if (this.observed) {
                observe();
            }
        }
    }

    private void observe() {
        this.observed = true;
        UnobservedFailures.Watch watching = this.watch;
        if (watching != null) {
            this.watch = null;
            watching.observed();
        }
    }

    private Throwable shown(Throwable failure) {
        AbortReason why = this.root.why();
        return (why == null) ? failure : Failures.aborted(why, failure);
    }

    /** The call was aborted, and every part of it has been told: if it has not settled by that, it does now. */
    @Override
    public void run() {
        AbortReason why = this.root.why();
        if (why != null) {
            this.root.resume(new Ending<>(this, null, AbortSource.exception(why)));
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        observe();
        if (!isDone()) {
            givenUp();
            // Race: another abort may be on its way and still be telling its listeners; a cancelled future is done.
            run();
        }
        return isCancelled();
    }

    @Override
    protected void givenUp() {
        observe();
        this.root.abort(AbortReason.callerCancelled("The caller gave up '" + this.root.name() + "'"));
    }

    /** What other futures are made of, such as the one that {@code thenCompose} of another returns, is asked for here. */
    @Override
    public CompletableFuture<T> toCompletableFuture() {
        observe();
        return super.toCompletableFuture();
    }

    @Override
    public CompletionStage<T> minimalCompletionStage() {
        observe();
        return super.minimalCompletionStage();
    }

    /** Every stage that hangs on this one begins here. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        observe();
        return super.newIncompleteFuture();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        observe();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        observe();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        observe();
        return super.join();
    }

    @Override
    public T getNow(T absent) {
        observe();
        return super.getNow(absent);
    }

    @Override
    public boolean isCompletedExceptionally() {
        observe();
        return super.isCompletedExceptionally();
    }

    /** The JDK has this method from 19 on. */
    public Throwable exceptionNow() {
        observe();
        if (!isDone() || isCancelled() || !super.isCompletedExceptionally()) {
            throw new IllegalStateException(isDone() ? "The call has not failed" : "The call has not ended");
        }
        return handle((value, failure) -> failure).join();
    }

    /** The end of a call, told in its caller's context; without that when it cannot be set: nobody must wait for ever. */
    private static final class Ending<T> extends CallContext.Resumed {

        private final CallFuture<T> future;
        private final @Nullable Object value;
        private final @Nullable Throwable failure;

        Ending(CallFuture<T> future, @Nullable Object value, @Nullable Throwable failure) {
            this.future = future;
            this.value = value;
            this.failure = failure;
        }

        @Override
        protected void go() {
            this.future.end(this.value, this.failure);
        }

        @Override
        protected void broken(Throwable ex) {
            Failures.log(CallContext.class, "The context of a call could not be carried to its end", ex);
            go();
        }
    }
}
