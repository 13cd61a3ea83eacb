package dev.settle.core;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.Registration;
import dev.settle.queue.Chain;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One caller's part in a shared run. */
final class Share extends Chain.Node implements Consumer<AbortReason> {

    private final SharedRun run;
    private final Call call;
    private final CallContext.Captured context;
    private final StepOutcome outcome = new StepOutcome();
    private volatile @Nullable Registration registration;

    /**
     * To be made on the thread of the caller, unless it is for a call that has left that. Such a call, which may be a run for
     * several itself, knows its context; who made it may have gone, and its root have let go of everything.
     */
    Share(SharedRun run, Call call) {
        this.run = run;
        this.call = call;
        this.context = call.onCallersThread() ? call.root().contextForOthers() : call.context();
    }

    /** The call as its caller has made it. */
    Call call() {
        return this.call;
    }

    /**
     * The call as the run makes it, when its arguments are those that count. It goes on when the caller has given up, so it
     * has the signal of the run, and is in the caller's context but not on its thread.
     */
    Call elsewhere() {
        return new CallView(this.call.root(), this.run.signal(), this.context, false);
    }

    /** What the caller gets. */
    CompletableFuture<@Nullable Object> outcome() {
        return this.outcome;
    }

    /** Whether the caller does nothing but wait. */
    boolean parked() {
        return this.call.blocks();
    }

    /** Leaves the run when the caller gives up. */
    void listen() {
        this.registration = this.call.signal().runs(this);
        // Race: the outcome may have come before the line above, and had nothing to remove.
        if (this.outcome.isDone()) {
            remove();
        }
    }

    @Override
    public void accept(AbortReason reason) {
        this.run.leave(this, reason);
    }

    void fail(AbortReason reason) {
        settle(null, AbortSource.exception(reason));
    }

    void settle(@Nullable Object value, @Nullable Throwable failure) {
        remove();
        Futures.settle(this.outcome, value, failure);
        // Race: the caller may have begun to listen between these two lines, and found no outcome.
        remove();
    }

    private void remove() {
        this.call.signal().ran(this, this.registration);
    }
}
