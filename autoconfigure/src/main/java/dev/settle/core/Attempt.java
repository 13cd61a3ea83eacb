package dev.settle.core;

import dev.settle.CallPhase;
import dev.settle.DeadlineExceededException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.InterruptibleSection;
import dev.settle.abort.Registration;
import dev.settle.core.CallObserver.ObservedAttempt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the method once. While the method itself runs, an abort interrupts its thread; while the future that it returned
 * is pending, an abort cancels that future. The outcome of an attempt settles when the method's future does and not before:
 * it is what permits are held for.
 */
final class Attempt extends InterruptibleSection implements Consumer<AbortReason> {

    private final Call call;
    private final @Nullable ObservedAttempt observed;
    private final boolean interruptible;
    private volatile @Nullable Pending pending;

    /** Set on the thread that begins the attempt, before anybody else can end it. */
    private @Nullable Registration registration;

    private Attempt(Call call) {
        this.call = call;
        // Never an event loop, which serves others too: an interrupt closes the connection that it is at.
        this.interruptible = !call.site().host().nonBlocking().test(Thread.currentThread());
        CallWatch watch = call.root().watch();
        this.observed = (watch == null) ? null : watch.attempt();
    }

    static CompletableFuture<@Nullable Object> start(Call call) {
        AbortReason why = call.signal().why();
        if (why != null) {
            return CompletableFuture.failedFuture(AbortSource.exception(why));
        }
        call.phase(CallPhase.RUNNING);
        return new Attempt(call).run();
    }

    private CompletableFuture<@Nullable Object> run() {
        Work work = this.call.root().work();
        AbortSource signal = this.call.signal();
        Object result = null;
        Throwable thrown = null;
        AbortSignal outer = CurrentSignal.swap(signal);
        try {
            enter();
            this.registration = signal.runs(this);
            // Race: an abort may have come since the check at the start; then its interrupt, too, is wiped out below.
            signal.throwIfAborted();
            result = work.run(signal);
        } catch (Throwable ex) {
            thrown = ex;
        } finally {
            exit();
            CurrentSignal.swap(outer);
            if (this.observed != null) {
                this.observed.returned();
            }
        }
        if (thrown != null) {
            return failed(thrown);
        }
        return work.asynchronous() ? follow(result) : ended(CompletableFuture.completedFuture(result), null);
    }

    private CompletableFuture<@Nullable Object> follow(@Nullable Object result) {
        if (!(result instanceof CompletionStage<?> started)) {
            return failed(new IllegalStateException("'" + this.call.name() + "' returned "
                    + (result == null ? "null" : result.getClass().getName()) + " instead of a future"));
        }
        // Not a subclass: that of CompletableFuture.completedStage() throws when it is asked whether it is done.
        if (started.getClass() == CompletableFuture.class) {
            CompletableFuture<@Nullable Object> future = unchecked((CompletableFuture<?>) started);
            if (future.isDone() && !future.isCompletedExceptionally()) {
                return ended(future, null);
            }
        }
        Pending outcome = new Pending(this, started);
        this.pending = outcome;
        try {
            // Not by whenComplete: what that returns would fail too, with an exception around the exception.
            started.handle(outcome);
        } catch (Throwable ex) {
            return failed(ex);
        }
        // Race: an abort between the end of the method and the line that keeps the stage found nothing to cancel.
        AbortReason why = this.call.signal().why();
        if (why != null) {
            cancel(why);
        }
        if (started instanceof Followed late) {
            late.followed();
        }
        return outcome;
    }

    private CompletableFuture<@Nullable Object> failed(Throwable failure) {
        return ended(CompletableFuture.failedFuture(failure), failure);
    }

    private <O> O ended(O outcome, @Nullable Throwable failure) {
        this.call.signal().ran(this, this.registration);
        if (this.observed != null) {
            this.observed.end(failure);
        }
        return outcome;
    }

    @SuppressWarnings("unchecked") // what the value is, only the caller knows
    private static CompletableFuture<@Nullable Object> unchecked(CompletableFuture<?> future) {
        return (CompletableFuture<@Nullable Object>) future;
    }

    /** The signal has aborted. */
    @Override
    public void accept(AbortReason reason) {
        if (this.interruptible && DeadlineExceededException.cancelsWork(reason)) {
            interrupt();
        }
        cancel(reason);
        // A method on its caller's thread keeps the call: nobody goes on without it.
        if (this.observed != null && !isOver() && !this.call.onCallersThread()) {
            this.observed.givenUp();
        }
    }

    private boolean isOver() {
        Pending outcome = this.pending;
        return outcome != null && outcome.isDone();
    }

    private void cancel(AbortReason reason) {
        Pending outcome = this.pending;
        if (outcome != null && DeadlineExceededException.cancelsWork(reason)) {
            Failures.cancel(outcome.stage);
        }
    }

    /** The outcome of an attempt whose future is pending. */
    private static final class Pending extends StepOutcome
            implements BiFunction<@Nullable Object, @Nullable Throwable, @Nullable Void> {

        private final Attempt attempt;
        private final CompletionStage<?> stage;

        Pending(Attempt attempt, CompletionStage<?> stage) {
            this.attempt = attempt;
            this.stage = stage;
        }

        /** The future of the method has settled. */
        @Override
        public @Nullable Void apply(@Nullable Object value, @Nullable Throwable failure) {
            Throwable cause = (failure == null) ? null : Failures.unwrap(failure);
            this.attempt.ended(this, cause);
            Futures.settle(this, value, cause);
            return null;
        }
    }
}
