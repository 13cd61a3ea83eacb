package dev.settle.core;

import dev.settle.Aborted;
import dev.settle.CallPhase;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
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
    private volatile CallPhase phase = CallPhase.RUNNING;

    CallRoot(CallSite site, Work work, RootSignal signal, @Nullable Executor callerThread) {
        this.site = site;
        this.work = work;
        this.signal = signal;
        this.callerThread = callerThread;
        // A synchronous call goes on on its caller's thread, which has its context.
        this.context = (callerThread == null) ? captured(site.context()) : CallContext.NOTHING;
    }

    private static CallContext.Captured captured(CallContext context) {
        try {
            return context.capture();
        } catch (Throwable ex) {
            Failures.log(CallContext.class, "The context of a call could not be captured", ex);
            return CallContext.NOTHING;
        }
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
    }

    /** Aborts when the call should no longer wait for better times: not for what shutdown itself has to do. */
    AbortSignal stopping() {
        return this.signal.isWithin(AbortSource::isOfCleanup) ? AbortSignal.never() : this.site.stopping();
    }

    @Nullable
    Executor callerThread() {
        return this.callerThread;
    }

    CallContext.Captured context() {
        return this.context;
    }

    /** The context of the caller, whose thread this is, for work that goes on elsewhere. */
    CallContext.Captured contextForOthers() {
        return (this.callerThread == null) ? this.context : captured(this.site.context());
    }

    /**
     * Runs the task on this thread, in the context of the caller; without it when it cannot be set, because the task tells
     * the caller, who must not wait for ever.
     */
    void inContext(Runnable task) {
        CallContext.run(this.context, task, ex -> {
            Failures.log(CallContext.class, "The context of a call could not be carried to its end", ex);
            task.run();
        });
    }

    @Override
    public boolean ofGroup() {
        return this.site.deferred();
    }

    @Override
    public void abort(AbortReason reason) {
        this.signal.abort(reason);
    }

    /**
     * The call is over: nothing long-lived knows of it any more.
     *
     * @param failure what its caller gets instead of a value
     */
    void end(@Nullable Throwable failure) {
        this.signal.close();
        if (this.site.inFlight() != null) {
            this.site.inFlight().exit(this, isShutdown(failure));
        }
    }

    /** A caller that gave up, or a timeout, is an end of the call's own. */
    private static boolean isShutdown(@Nullable Throwable failure) {
        return failure instanceof Aborted aborted && aborted.reason().kind() == AbortReason.Kind.SHUTDOWN;
    }
}
