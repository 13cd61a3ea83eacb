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
    private final Call elsewhere;
    private final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
    private volatile @Nullable Registration registration;

    Share(SharedRun run, Call call) {
        this.run = run;
        this.call = call;
        this.elsewhere = call.shared(run.signal());
    }

    /** The call as its caller has made it. */
    Call call() {
        return this.call;
    }

    /** The call as the run makes it, when its arguments are those that count. */
    Call elsewhere() {
        return this.elsewhere;
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
        this.registration = this.call.signal().onAbort(this);
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
        Registration registered = this.registration;
        if (registered != null) {
            registered.remove();
        }
    }
}
