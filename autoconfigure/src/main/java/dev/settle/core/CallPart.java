package dev.settle.core;

import dev.settle.abort.AbortSource;
import dev.settle.abort.LimitedSource;
import dev.settle.time.TimeSource;

/** A part of a call that has a limit: the signal under which it runs. To be closed when what is inside has ended. */
public abstract non-sealed class CallPart extends LimitedSource implements Call {

    private final Call outer;

    /** The limit begins now; a timer for it is the business of the one who makes this. */
    protected CallPart(Call outer, TimeSource time, long limitNanos) {
        super(outer.signal(), time, limitNanos);
        this.outer = outer;
    }

    @Override
    public final CallRoot root() {
        return this.outer.root();
    }

    @Override
    public final AbortSource signal() {
        return this;
    }

    @Override
    public final CallContext.Captured context() {
        return this.outer.context();
    }

    @Override
    public final boolean onCallersThread() {
        return this.outer.onCallersThread();
    }
}
