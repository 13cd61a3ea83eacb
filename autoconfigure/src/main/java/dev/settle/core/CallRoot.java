package dev.settle.core;

import dev.settle.Aborted;
import dev.settle.CallPhase;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.InFlight;
import dev.settle.abort.WorkInFlight;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The whole of one call: what all its parts share, its signal, and what shutdown knows of it. One object, because there is
 * one for each call.
 */
final class CallRoot extends WorkInFlight implements Call {

    private static final AtomicReferenceFieldUpdater<CallRoot, @Nullable CallerThread> CALLERS_THREAD =
            AtomicReferenceFieldUpdater.newUpdater(CallRoot.class, CallerThread.class, "callersThread");

    /** Who the caller is, and whether it waits. */
    enum Kind {
        /** Waits on its own thread. */
        SYNCHRONOUS,
        /** Has a future. */
        ASYNCHRONOUS,
        /** Does not wait for the outcome. */
        DETACHED
    }

    private final CallSite site;
    private final Work work;
    private final Kind kind;

    // Let go at the end: somebody may keep the signal, and make the next call with it. Race: of two who tell the caller
    // at the same moment, the one who comes too late to settle may find them gone, and has nothing to tell in them.
    private AbortSignal around;
    private CallContext.Captured context;

    private final Thread caller = Thread.currentThread();
    private final @Nullable CallWatch watch;

    /** The caller's thread as an executor: made when somebody needs it. */
    private volatile @Nullable CallerThread callersThread;

    /** Null at first, which is {@link CallPhase#RUNNING}. */
    private volatile @Nullable CallPhase phase;

    private volatile @Nullable Runnable last;
    private volatile boolean told;

    /**
     * A call that begins now, on the thread of its caller.
     *
     * @param passed the signal that the caller passed
     */
    CallRoot(CallSite site, Work work, Kind kind, AbortSignal passed) {
        this.site = site;
        this.work = work;
        this.kind = kind;
        this.around = AbortSignal.current();
        // A synchronous call goes on on its caller's thread, which has its context, unless it is run later for others.
        this.context = (kind != Kind.SYNCHRONOUS || site.deferred())
                ? CallContext.guarded(site.host().context())
                : CallContext.NOTHING;
        this.watch = CallWatch.begin(site);
        // What called a detached call may be over before it begins.
        follow((kind == Kind.DETACHED) ? AbortSignal.never() : this.around, passed);
    }

    @Override
    public CallRoot root() {
        return this;
    }

    @Override
    public AbortSource signal() {
        return this;
    }

    @Override
    public CallSite site() {
        return this.site;
    }

    Work work() {
        return this.work;
    }

    @Override
    public CallPhase phase() {
        CallPhase now = this.phase;
        return (now == null) ? CallPhase.RUNNING : now;
    }

    @Override
    public void phase(CallPhase now) {
        if (now == phase()) {
            return;
        }
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

    @Override
    public boolean onCallersThread() {
        return this.kind == Kind.SYNCHRONOUS;
    }

    /** The thread of the caller of a synchronous method, which runs what its call still has to do. */
    CallerThread callersThread() {
        CallerThread thread = this.callersThread;
        if (thread != null) {
            return thread;
        }
        CallerThread made = new CallerThread(this.caller);
        // Race: several may need it at once, and the call may be over by now.
        return CALLERS_THREAD.compareAndSet(this, null, made) ? made : callersThread();
    }

    /** The caller is not there any more: what is left to do, and what still comes, is done elsewhere. */
    void leaveCallersThread() {
        CallerThread thread = CALLERS_THREAD.getAndSet(this, CallerThread.LEFT);
        if (thread != null) {
            thread.close();
        }
    }

    @Override
    public boolean detached() {
        return this.kind == Kind.DETACHED;
    }

    /** The thread that made the call. */
    Thread caller() {
        return this.caller;
    }

    @Override
    public CallContext.Captured context() {
        return this.context;
    }

    /** The context of the caller, whose thread this is, for work that goes on elsewhere. */
    CallContext.Captured contextForOthers() {
        return (this.kind != Kind.SYNCHRONOUS || this.site.deferred())
                ? this.context
                : CallContext.guarded(this.site.host().context());
    }

    /** Goes on on this thread in the context of the caller. */
    void resume(CallContext.Resumed task) {
        // Whoever settles the call may do so inside another one, which is not what the caller goes on in.
        AbortSignal outer = CurrentSignal.swap(this.around);
        try {
            CallContext.run(this.context, task);
        } finally {
            CurrentSignal.swap(outer);
        }
    }

    @Override
    public boolean ofGroup() {
        return this.site.deferred();
    }

    @Override
    protected boolean standsApart() {
        return true;
    }

    /**
     * Called on abort, when every listener has been told, so that permits are free before the caller goes on; at once if that
     * has been. It may be called twice.
     */
    void last(Runnable action) {
        this.last = action;
        // Race: an abort since the start of the call found nobody here. While it is still telling its listeners it is
        // not over, and comes here by itself; so each side first leaves its word, and then looks for the other's.
        if (this.told) {
            action.run();
        }
    }

    @Override
    protected void told() {
        this.told = true;
        Runnable action = this.last;
        if (action != null) {
            action.run();
        }
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
        letGo();
        InFlight inFlight = this.site.host().inFlight();
        if (inFlight != null) {
            inFlight.exit(this, isShutdown(failure));
        }
    }

    /** Keeps nothing any more of what is around the call. */
    void letGo() {
        close();
        this.around = AbortSignal.never();
        this.context = CallContext.NOTHING;
    }

    /** A caller that gave up, or a timeout, is an end of the call's own. */
    private static boolean isShutdown(@Nullable Throwable failure) {
        return failure instanceof Aborted aborted && aborted.reason().kind() == AbortReason.Kind.SHUTDOWN;
    }
}
