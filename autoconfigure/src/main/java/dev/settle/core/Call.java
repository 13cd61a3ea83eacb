package dev.settle.core;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call on its way through its policies: what all its attempts share, and the signal of the part that runs now. */
public final class Call {

    private final CallRoot root;
    private final AbortSource signal;
    private final @Nullable Executor callerThread;
    private final CallContext.Captured context;

    Call(CallRoot root) {
        this(root, root.signal(), root.callerThread(), root.context());
    }

    private Call(CallRoot root, AbortSource signal, @Nullable Executor callerThread, CallContext.Captured context) {
        this.root = root;
        this.signal = signal;
        this.callerThread = callerThread;
        this.context = context;
    }

    /** The same call inside a narrower signal. */
    public Call with(AbortSource narrower) {
        return new Call(this.root, narrower, this.callerThread, this.context);
    }

    /**
     * The same call, run for several callers: it goes on when this one has given up, so it has a signal of its own, and is
     * in this caller's context but not on its thread. To be made on the thread of the caller.
     */
    Call shared(AbortSource own) {
        return new Call(this.root, own, null, this.root.contextForOthers());
    }

    /** The name of the method's policies. */
    public String name() {
        return this.root.site().name();
    }

    /** The signal of this part of the call. */
    public AbortSource signal() {
        return this.signal;
    }

    /** Aborts when the call should no longer wait for better times; never for what shutdown itself has to do. */
    public AbortSignal stopping() {
        return this.signal.settling() ? AbortSignal.never() : site().host().stopping();
    }

    /** Where the call came in. */
    public CallSite site() {
        return this.root.site();
    }

    /** What the method is called on, if it is a method. */
    public @Nullable Object target() {
        return this.root.work().target();
    }

    /** What the method is called with. */
    public @Nullable Object[] arguments() {
        return this.root.work().arguments();
    }

    /** What the call is doing. */
    public CallPhase phase() {
        return this.root.phase();
    }

    /** Says what the call is doing from now on. */
    public void phase(CallPhase phase) {
        this.root.phase(phase);
    }

    /** Whether this call is part of an earlier call of the same method. */
    public boolean isInsideItself() {
        // From its own root on: a run that callers share is within all of their roots, which are beside one another.
        return this.root
                .signal()
                .isWithin(above ->
                        above instanceof RootSignal other && other != this.root.signal() && other.site() == site());
    }

    /** Whether nobody waits for the outcome. */
    public boolean detached() {
        return this.root.detached();
    }

    /** The name of the thread that made the call, or its number. */
    public String callerName() {
        Thread caller = this.root.caller();
        return caller.getName().isEmpty() ? "#" + caller.getId() : caller.getName();
    }

    /** Whether this runs on the thread of a caller who does nothing else meanwhile. */
    boolean onCallersThread() {
        return this.callerThread != null;
    }

    /** Whether the method would keep the thread on which it starts. */
    boolean blocks() {
        return !this.root.work().asynchronous();
    }

    /**
     * Goes on with the call from a timer: on the caller's own thread for a synchronous method, else here, in the context
     * of the caller.
     *
     * @param broken gets what the context throws when it cannot be set: the work must not run as somebody else
     */
    public void resume(Runnable task, Consumer<Throwable> broken) {
        if (this.callerThread != null) {
            this.callerThread.execute(task);
        } else {
            CallContext.run(this.context, task, broken);
        }
    }

    /**
     * Goes on with the call from a thread that belongs to somebody else and must not be kept.
     *
     * @param broken gets what the context throws when it cannot be set: the work must not run as somebody else
     */
    public void handOver(TimeSource time, Runnable task, Consumer<Throwable> broken) {
        if (this.callerThread != null) {
            this.callerThread.execute(task);
        } else {
            time.execute(() -> CallContext.run(this.context, task, broken));
        }
    }

    /** Tells the listeners what happened. */
    public void emit(Enum<?> type, Object detail) {
        this.root.site().host().listener().onEvent(new CallEvent(name(), type, detail));
    }

    /** Tells the listeners that the call is refused, and makes its outcome. */
    public CallRejectedException refuse(
            String policy, @Nullable Object key, CallRejectedException.Reason reason, @Nullable Duration retryAfter) {
        return refuse(policy, key, reason, retryAfter, "");
    }

    /** Tells the listeners that the call is refused, and makes its outcome, with something more to say. */
    public CallRejectedException refuse(
            String policy,
            @Nullable Object key,
            CallRejectedException.Reason reason,
            @Nullable Duration retryAfter,
            String words) {
        CallRejectedException refused = new CallRejectedException(policy, name(), key, reason, retryAfter, words);
        emit(LineEvent.REJECTED, refused);
        return refused;
    }

    CallRoot root() {
        return this.root;
    }
}
