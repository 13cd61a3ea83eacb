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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the method once. While the method itself runs, an abort interrupts its thread; while the future that it returned
 * is pending, an abort cancels that future. This future settles when the method's does and not before: it is what
 * permits are held for.
 */
final class Attempt extends CompletableFuture<@Nullable Object>
        implements BiConsumer<@Nullable Object, @Nullable Throwable>, Consumer<AbortReason> {

    private final Call call;
    private final InterruptibleSection section = new InterruptibleSection();
    private final boolean interruptible;
    private final @Nullable ObservedAttempt observed;
    private volatile @Nullable CompletionStage<?> stage;
    private volatile @Nullable Registration registration;

    private Attempt(Call call) {
        this.call = call;
        // Never an event loop, which serves others too: an interrupt closes the connection that it is at.
        this.interruptible = !call.site().host().nonBlocking().test(Thread.currentThread());
        CallWatch watch = call.root().watch();
        this.observed = (watch == null) ? null : watch.attempt();
    }

    static CompletableFuture<@Nullable Object> start(Call call) {
        AbortReason why = call.signal().reason().orElse(null);
        if (why != null) {
            return CompletableFuture.failedFuture(AbortSource.exception(why));
        }
        call.phase(CallPhase.RUNNING);
        return new Attempt(call).run();
    }

    private CompletableFuture<@Nullable Object> run() {
        Object result = null;
        Throwable thrown = null;
        AbortSignal outer = CurrentSignal.swap(this.call.signal());
        try {
            this.section.enter();
            this.registration = this.call.signal().onAbort(this);
            // Race: an abort may have come since the check at the start; then its interrupt, too, is wiped out below.
            this.call.signal().throwIfAborted();
            result = this.call.root().work().run(this.call.signal());
        } catch (Throwable ex) {
            thrown = ex;
        } finally {
            this.section.exit();
            CurrentSignal.swap(outer);
            if (this.observed != null) {
                this.observed.returned();
            }
        }
        if (thrown == null && this.call.root().work().asynchronous()) {
            return follow(result);
        }
        return (thrown != null) ? failed(thrown) : ended(CompletableFuture.completedFuture(result), null);
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
        this.stage = started;
        try {
            started.whenComplete(this);
        } catch (Throwable ex) {
            return failed(ex);
        }
        // Race: an abort between the end of the method and the line that keeps the stage found nothing to cancel.
        this.call.signal().reason().ifPresent(this::cancel);
        if (started instanceof Followed late) {
            late.followed();
        }
        return this;
    }

    private CompletableFuture<@Nullable Object> failed(Throwable failure) {
        return ended(CompletableFuture.failedFuture(failure), failure);
    }

    private <O> O ended(O outcome, @Nullable Throwable failure) {
        Registration registered = this.registration;
        if (registered != null) {
            registered.remove();
        }
        if (this.observed != null) {
            this.observed.end(failure);
        }
        return outcome;
    }

    @SuppressWarnings("unchecked") // what the value is, only the caller knows
    private static CompletableFuture<@Nullable Object> unchecked(CompletableFuture<?> future) {
        return (CompletableFuture<@Nullable Object>) future;
    }

    /** The future of the method has settled. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        Throwable cause = (failure == null) ? null : Failures.unwrap(failure);
        Futures.settle(ended(this, cause), value, cause);
    }

    /** The signal has aborted. */
    @Override
    public void accept(AbortReason reason) {
        if (this.interruptible && DeadlineExceededException.cancelsWork(reason)) {
            this.section.interrupt();
        }
        cancel(reason);
        // A method on its caller's thread keeps the call: nobody goes on without it.
        if (this.observed != null && !isDone() && !this.call.onCallersThread()) {
            this.observed.givenUp();
        }
    }

    private void cancel(AbortReason reason) {
        CompletionStage<?> running = this.stage;
        if (running != null && DeadlineExceededException.cancelsWork(reason)) {
            Failures.cancel(running);
        }
    }
}
