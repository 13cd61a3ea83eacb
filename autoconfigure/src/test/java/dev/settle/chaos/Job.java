package dev.settle.chaos;

import dev.settle.abort.AbortSignal;
import java.util.concurrent.CompletableFuture;

/** One attempt of the method, and the future that it returns: only the application settles it, Settle may cancel it. */
final class Job extends CompletableFuture<Object> {

    private final World world;
    private final Caller caller;
    private final AbortSignal signal;
    private Runnable onCancel = () -> {};
    private boolean stubborn;
    private boolean cancelled;
    private boolean returned;
    private boolean ended;
    private Throwable failure;

    Job(World world, Caller caller, AbortSignal signal) {
        this.world = world;
        this.caller = caller;
        this.signal = signal;
    }

    Caller caller() {
        return this.caller;
    }

    AbortSignal signal() {
        return this.signal;
    }

    Throwable failure() {
        return this.failure;
    }

    /** The method has returned: from now on Settle can reach its future. */
    void returned() {
        this.returned = true;
    }

    /** Whether it can have been cancelled, and was not. */
    boolean missed() {
        return this.returned && !this.ended && !this.cancelled;
    }

    Job ignoringCancel() {
        this.stubborn = true;
        return this;
    }

    Job onCancel(Runnable action) {
        this.onCancel = action;
        return this;
    }

    /** The work is over: said before anybody hears of it. */
    void end(Throwable cause) {
        if (!this.ended) {
            this.ended = true;
            this.failure = cause;
            this.world.ended(this);
        }
    }

    void settle(Object value, Throwable cause) {
        if (isDone()) {
            return;
        }
        end(cause);
        if (cause == null) {
            super.complete(value);
        } else {
            super.completeExceptionally(cause);
        }
    }

    /** The application cancels its own work. */
    void cancelItself() {
        end(null);
        super.cancel(false);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        this.cancelled = true;
        this.world.userCode("cancel of " + this.caller, null);
        this.onCancel.run();
        if (this.stubborn || isDone()) {
            return isCancelled();
        }
        end(null);
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean complete(Object value) {
        this.world.broken(Law.OWN_FUTURE, "the future of the user was completed, for " + this.caller);
        return super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
        this.world.broken(Law.OWN_FUTURE, "the future of the user was failed, for " + this.caller);
        return super.completeExceptionally(cause);
    }
}
