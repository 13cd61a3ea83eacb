package dev.settle.core;

import dev.settle.CallPhase;
import dev.settle.abort.AbortSource;

/** One call on its way through its policies: what all its attempts share, and the signal of the part that runs now. */
public final class Call {

    private final CallRoot root;
    private final AbortSource signal;

    Call(CallRoot root, AbortSource signal) {
        this.root = root;
        this.signal = signal;
    }

    /** The same call inside a narrower signal. */
    public Call with(AbortSource narrower) {
        return new Call(this.root, narrower);
    }

    /** The name of the method's policies. */
    public String name() {
        return this.root.site().name();
    }

    /** The signal of this part of the call. */
    public AbortSource signal() {
        return this.signal;
    }

    /** Where the call came in. */
    public CallSite site() {
        return this.root.site();
    }

    /** What the call is doing. */
    public CallPhase phase() {
        return this.root.phase();
    }

    /** Says what the call is doing from now on. */
    public void phase(CallPhase phase) {
        this.root.phase(phase);
    }

    /**
     * Goes on with the call from a timer or from another call's thread: on the caller's own thread for a synchronous
     * method, else here, in the context of the caller.
     */
    public void resume(Runnable task) {
        this.root.resume(task);
    }

    /** Tells the listeners what happened. */
    public void emit(Enum<?> type, Object detail) {
        this.root.site().listener().onEvent(new CallEvent(name(), type, detail));
    }

    CallRoot root() {
        return this.root;
    }
}
