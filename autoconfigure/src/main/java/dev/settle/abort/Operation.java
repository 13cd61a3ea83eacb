package dev.settle.abort;

import dev.settle.CallRejectedException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One tracked operation. Its caller has a future of its own; the entry is settled by the operation's stage, so a group
 * waits for the work and not for the caller.
 */
final class Operation<T> extends Entry {

    private final Tracked signal;
    private final Callers caller = new Callers();
    private @Nullable CompletionStage<T> stage;

    Operation(Group group, String name) {
        super(group, name);
        this.signal = new Tracked(group.signal());
    }

    CompletableFuture<T> run(InFlight inFlight, Function<AbortSignal, ? extends CompletionStage<T>> function) {
        // Work inside other tracked work or a cleanup belongs to it, and is let in while draining.
        if (CurrentSignal.ofWork()) {
            inFlight.enterNested(this.signal);
        } else if (!inFlight.enter(this.signal)) {
            return refuse();
        }
        start();
        if (!this.group.members().join(this)) {
            inFlight.exit(this.signal, false);
            return refuse();
        }
        AbortSignal outer = CurrentSignal.swap(this.signal);
        try {
            follow(function.apply(this.signal));
        } catch (Throwable ex) {
            end(null, ex);
        } finally {
            CurrentSignal.swap(outer);
        }
        return this.caller;
    }

    private CompletableFuture<T> refuse() {
        this.signal.close();
        return CompletableFuture.failedFuture(
                new CallRejectedException("track", this.name, null, CallRejectedException.Reason.CLOSED, null));
    }

    private void follow(@Nullable CompletionStage<T> started) {
        if (started == null) {
            end(null, new NullPointerException("Operation '" + this.name + "' returned null instead of a stage"));
            return;
        }
        synchronized (this) {
            this.stage = started;
        }
        started.whenComplete((value, failure) -> end(value, Cleanup.unwrap(failure)));
        // Race: the caller's cancel, or the deadline, may have come before the line that keeps the stage.
        if (this.caller.isDone()) {
            Cleanup.cancel(started);
        }
    }

    /** The operation has ended; what it ends with because it was told to stop is no failure of its own. */
    private void end(@Nullable T value, @Nullable Throwable failure) {
        this.signal.close();
        this.group.inFlight().exit(this.signal, this.signal.aborted());
        boolean asTold = failure != null
                && this.signal.aborted()
                && (failure instanceof CancellationException
                        || AbortReason.from(failure).isPresent());
        settle(null, asTold ? null : failure);
        this.caller.settle(value, failure);
    }

    @Override
    void begin() {
        // It is running; its signal, a child of the group's, has aborted already.
    }

    @Override
    void stop(Limit exceeded) {
        AbortReason why = this.group.reason();
        this.caller.settle(null, AbortSource.exception(why));
        cancelStage();
    }

    private void cancelStage() {
        CompletionStage<T> running;
        synchronized (this) {
            running = this.stage;
        }
        if (running != null) {
            Cleanup.cancel(running);
        }
    }

    private void callerCancelled() {
        this.signal.abort(AbortReason.callerCancelled("The caller cancelled '" + this.name + "'"));
        cancelStage();
    }

    private static final class Tracked extends WorkInFlight {

        Tracked(AbortSignal group) {
            follow(group, group);
        }

        @Override
        public boolean ofGroup() {
            return true;
        }
    }

    /** The caller's own: giving it up ends the operation. */
    private final class Callers extends CallersFuture<T> {

        @Override
        protected void givenUp() {
            callerCancelled();
        }
    }
}
