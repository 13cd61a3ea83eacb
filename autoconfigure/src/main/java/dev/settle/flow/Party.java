package dev.settle.flow;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CallersFuture;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.Registration;
import dev.settle.core.CallContext;
import dev.settle.core.CallHost;
import dev.settle.core.Failures;
import dev.settle.queue.Chain;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One who waits at a channel, and the future of who asked for it.
 *
 * <p>Race: it may be met while it gives up. One CAS decides. Who has been met cannot give up any more, although the future does
 * not show it yet: the value is on its way, and would be lost.
 */
abstract class Party<V extends @Nullable Object> extends CallersFuture<V> {

    @SuppressWarnings("rawtypes") // there is but one for all types of outcomes
    private static final AtomicIntegerFieldUpdater<Party> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Party.class, "state");

    private static final int WAITING = 0;
    private static final int MET = 1;
    private static final int GONE = 2;

    private final AbortSignal signal = AbortSignal.current();
    private final CallContext.Captured context =
            CallContext.guarded(CallHost.plain().context());
    private volatile int state = WAITING;
    private volatile @Nullable Registration onAbort;

    /** A place among those who wait. */
    static final class Place<W> extends Chain.Node {

        private final W party;

        Place(W party) {
            this.party = party;
        }

        W party() {
            return this.party;
        }
    }

    /** Goes to the channel. */
    protected abstract void go();

    /** Nothing is wanted of it any more. */
    protected void ended() {}

    /** Does not wait there any more. */
    protected abstract void leave();

    final Party<V> start() {
        AbortReason why = this.signal.reason().orElse(null);
        if (why != null) {
            settle(null, AbortSource.exception(why));
            return this;
        }
        go();
        if (!isDone()) {
            this.onAbort = this.signal.onAbort(this::aborted);
            // Race: it may have been met while this was being set up.
            if (this.state != WAITING) {
                clear();
            }
        }
        return this;
    }

    private void aborted(AbortReason reason) {
        if (give()) {
            leave();
            tell(null, AbortSource.exception(reason));
        }
    }

    /** Its outcome is decided now; false when it has given up. */
    final boolean meet() {
        return STATE.compareAndSet(this, WAITING, MET);
    }

    private boolean give() {
        return STATE.compareAndSet(this, WAITING, GONE);
    }

    /** It need not wait. Nobody has its future yet, so nobody goes on here. */
    final void overAtOnce(@Nullable V value, @Nullable Throwable failure) {
        ended();
        settle(value, failure);
    }

    /** Here is the outcome that was decided. Not under the lock. */
    final void over(@Nullable V value, @Nullable Throwable failure) {
        clear();
        tell(value, failure);
    }

    /** Whoever comes may be inside other work, which is not what the one who waits goes on in. */
    private void tell(@Nullable V value, @Nullable Throwable failure) {
        ended();
        Runnable ending = () -> CurrentSignal.run(this.signal, () -> settle(value, failure));
        CallContext.run(this.context, ending, broken -> {
            Failures.log(
                    Party.class, "The context of one who waited at a channel could not be carried to its end", broken);
            ending.run();
        });
    }

    private void clear() {
        Registration registration = this.onAbort;
        if (registration != null) {
            registration.remove();
        }
    }

    @Override
    protected final boolean mayGiveUp() {
        return give() || this.state == GONE;
    }

    @Override
    protected final void givenUp() {
        give();
        ended();
        clear();
        leave();
    }
}
