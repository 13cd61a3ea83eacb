package dev.settle.policy.exclusive;

import dev.settle.core.Call;
import dev.settle.queue.PermitLine;
import dev.settle.time.Nanos;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The lock of one key, and who has it. That is written without a fence: who has to see it is inside that call, or comes
 * after the lock has been released.
 */
final class Lock {

    private static final AtomicReferenceFieldUpdater<Lock, @Nullable Call> HOLDER =
            AtomicReferenceFieldUpdater.newUpdater(Lock.class, Call.class, "holder");
    private static final AtomicLongFieldUpdater<Lock> SINCE = AtomicLongFieldUpdater.newUpdater(Lock.class, "since");

    private final PermitLine line = new PermitLine(1);

    /** When the call came that has the lock. Written before the holder, and read after it. */
    private volatile long since;

    private volatile @Nullable Call holder;

    PermitLine line() {
        return this.line;
    }

    /** Who has the lock, if that can be told at the moment. */
    @Nullable
    Call holder() {
        return this.holder;
    }

    /** Who has the lock, in words; nothing if that cannot be told at the moment. */
    String describe(long now) {
        Call call = this.holder;
        long came = this.since;
        // Race: another one may have it by now, and it is that one's time that has been read.
        return (call == null || call != this.holder)
                ? ""
                : "held by '" + call.name() + "', called on thread " + call.callerName() + " "
                        + Nanos.words(Nanos.between(came, now)) + " ago";
    }

    void heldBy(Call call, long since) {
        SINCE.lazySet(this, since);
        HOLDER.lazySet(this, call);
    }

    void release() {
        HOLDER.lazySet(this, null);
        this.line.release(1);
    }
}
