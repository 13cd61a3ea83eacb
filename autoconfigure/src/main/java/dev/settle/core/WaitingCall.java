package dev.settle.core;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.Registration;
import dev.settle.core.LineEvent.Waited;
import dev.settle.queue.Waiter;
import dev.settle.queue.WaitingLine;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call in a waiting line: until it is let in, has waited too long, is given up, or the application stops.
 *
 * <p>Race: these four, and the closing of the line, may meet, and each may come while the others are still being set up.
 * The waiter's CAS has one winner, who takes the others back; and what was set up after that is taken back at the end of
 * the set-up.
 */
public abstract class WaitingCall extends Waiter implements Consumer<AbortReason> {

    private final Call call;
    private final Next next;
    private final String policy;
    private final CallPhase phase;
    private final WaitingLine line;
    private final TimeSource time;
    private final long since;
    private volatile @Nullable Registration onAbort;
    private volatile @Nullable Registration onStopping;
    private volatile TimeSource.@Nullable Timer timer;

    /** A call that is about to go to the line. */
    protected WaitingCall(Call call, Next next, String policy, CallPhase phase, WaitingLine line, TimeSource time) {
        this.call = call;
        this.next = next;
        this.policy = policy;
        this.phase = phase;
        this.line = line;
        this.time = time;
        this.since = time.nanoTime();
    }

    /**
     * The call goes on, on a thread that it may keep. What it waited for is its own until it gives it back.
     *
     * @param next what is inside; when the caller's context cannot be set, something that fails in its place
     */
    protected abstract void admitted(Next next);

    /** The call will not go on. */
    protected abstract void failed(Throwable failure);

    /** Makes the failure of a call that is refused. */
    protected abstract Throwable refusal(Reason reason);

    /**
     * Goes to the line.
     *
     * @param maxWaitNanos how long it may wait
     */
    protected final void start(WaitBounds bounds, long maxWaitNanos) {
        if (bounds.queueCapacity() == 0) {
            turnAway(Reason.QUEUE_FULL);
            return;
        }
        if (maxWaitNanos <= 0) {
            turnAway(Reason.WAIT_EXCEEDED);
            return;
        }
        this.call.phase(this.phase);
        this.call.emit(LineEvent.WAITING, this.policy);
        // No attempt runs under this signal now, so this costs nothing.
        this.onAbort = this.call.signal().runs(this);
        this.onStopping = this.call.stopping().onAbort(reason -> {
            if (this.line.leave(this)) {
                apart(Reason.CLOSED);
            }
        });
        if (waiting() && maxWaitNanos < Nanos.FOREVER) {
            this.timer = this.time.schedule(maxWaitNanos, this::waitedTooLong);
        }
        switch (this.line.enter(this, bounds.queueCapacity())) {
            case IN -> {
                goOn();
                admitted(this.next);
            }
            case FULL -> refuse(Reason.QUEUE_FULL);
            case CLOSED, TOO_HEAVY -> refuse(Reason.CLOSED);
            case WAITING, LEFT -> {}
        }
        // Also when it is refused: it may have been given up before, when not all was set up yet.
        if (!waiting()) {
            clear();
        }
    }

    /** It is this call's turn; the thread is that of whoever made room. */
    @Override
    public final void run() {
        goOn();
        this.call.handOver(
                this.time, () -> admitted(this.next), ex -> admitted(instead -> CompletableFuture.failedFuture(ex)));
    }

    private void goOn() {
        clear();
        this.call.emit(LineEvent.LET_IN, waited());
    }

    private Waited waited() {
        return new Waited(this.policy, Nanos.between(this.since, this.time.nanoTime()));
    }

    /** The call is given up. */
    @Override
    public final void accept(AbortReason reason) {
        if (this.line.leave(this)) {
            left(AbortSource.exception(reason));
        }
    }

    @Override
    protected final void closed() {
        apart(Reason.CLOSED);
    }

    /** All who wait are told together; what the caller of one does next may wait for another of them. */
    private void apart(Reason reason) {
        this.time.execute(() -> left(refusal(reason)));
    }

    /** A turn that comes at the same moment wins: whatever else is due now goes first. */
    private void waitedTooLong() {
        this.timer = this.time.schedule(0, () -> refuse(Reason.WAIT_EXCEEDED));
        if (!waiting()) {
            clear();
        }
    }

    /** It may not wait at all, so it has not been in line and does not leave it. */
    private void turnAway(Reason reason) {
        failed(refusal(this.line.closed() ? Reason.CLOSED : reason));
    }

    private void refuse(Reason reason) {
        if (this.line.leave(this)) {
            left(refusal(reason));
        }
    }

    private void left(Throwable failure) {
        clear();
        this.call.emit(LineEvent.LEFT, waited());
        failed(failure);
    }

    private void clear() {
        this.call.signal().ran(this, this.onAbort);
        Registration stopping = this.onStopping;
        if (stopping != null) {
            stopping.remove();
        }
        TimeSource.Timer armed = this.timer;
        if (armed != null) {
            armed.cancel();
        }
    }
}
