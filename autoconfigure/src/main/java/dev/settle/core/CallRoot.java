package dev.settle.core;

import dev.settle.Aborted;
import dev.settle.CallPhase;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.InFlight;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What all parts of one call share; while the call runs it is what shutdown knows of it. */
final class CallRoot extends InFlight.Work {

    private final CallSite site;
    private final Work work;
    private final RootSignal signal;
    private final @Nullable Executor callerThread;
    private final CallContext.Captured context;
    private final AbortSignal around = AbortSignal.current();
    private final boolean detached;
    private final Thread caller = Thread.currentThread();
    private final @Nullable CallWatch watch;
    private volatile CallPhase phase = CallPhase.RUNNING;

    CallRoot(CallSite site, Work work, RootSignal signal, @Nullable Executor callerThread, boolean detached) {
        this.detached = detached;
        this.site = site;
        this.work = work;
        this.signal = signal;
        this.callerThread = callerThread;
        // A synchronous call goes on on its caller's thread, which has its context, unless it is run later for others.
        this.context = (callerThread == null || site.deferred())
                ? CallContext.guarded(site.host().context()::capture)
                : CallContext.NOTHING;
        this.watch = CallWatch.begin(site);
    }

    CallSite site() {
        return this.site;
    }

    Work work() {
        return this.work;
    }

    RootSignal signal() {
        return this.signal;
    }

    CallPhase phase() {
        return this.phase;
    }

    void phase(CallPhase now) {
        this.phase = now;
        if (this.watch != null) {
            this.watch.phase(now);
        }
    }

    /** What watches the call; null when nobody does. */
    @Nullable
    CallWatch watch() {
        return this.watch;
    }

    @Nullable
    Executor callerThread() {
        return this.callerThread;
    }

    /** Whether nobody waits for the outcome. */
    boolean detached() {
        return this.detached;
    }

    /** The thread that made the call. */
    Thread caller() {
        return this.caller;
    }

    CallContext.Captured context() {
        return this.context;
    }

    /** The context of the caller, whose thread this is, for work that goes on elsewhere. */
    CallContext.Captured contextForOthers() {
        return (this.callerThread == null || this.site.deferred())
                ? this.context
                : CallContext.guarded(this.site.host().context()::capture);
    }

    /**
     * Runs the task on this thread, in the context of the caller; without it when it cannot be set, because the task tells
     * the caller, who must not wait for ever.
     */
    void inContext(Runnable task) {
        // Whoever settles the call may do so inside another one, which is not what the caller goes on in.
        AbortSignal outer = CurrentSignal.swap(this.around);
        try {
            CallContext.run(this.context, task, ex -> {
                Failures.log(CallContext.class, "The context of a call could not be carried to its end", ex);
                task.run();
            });
        } finally {
            CurrentSignal.swap(outer);
        }
    }

    @Override
    public boolean ofGroup() {
        return this.site.deferred();
    }

    @Override
    public void abort(AbortReason reason) {
        this.signal.abort(reason);
    }

    /** Tells the observer of the end of a call that its caller does not have yet. */
    void ending(@Nullable Throwable failure) {
        if (this.watch != null) {
            this.watch.end(null, failure);
        }
    }

    /**
     * The call is over: nothing long-lived knows of it any more.
     *
     * @param failure what its caller gets instead of a value
     */
    void end(@Nullable Throwable failure) {
        this.signal.close();
        if (this.site.host().inFlight() != null) {
            this.site.host().inFlight().exit(this, isShutdown(failure));
        }
    }

    /** A caller that gave up, or a timeout, is an end of the call's own. */
    private static boolean isShutdown(@Nullable Throwable failure) {
        return failure instanceof Aborted aborted && aborted.reason().kind() == AbortReason.Kind.SHUTDOWN;
    }
}
