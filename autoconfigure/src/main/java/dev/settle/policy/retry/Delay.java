package dev.settle.policy.retry;

import dev.settle.CallPhase;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.Registration;
import dev.settle.core.Call;
import dev.settle.time.TimeSource;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One pause between two attempts.
 *
 * <p>Race: the timer, an abort of the call and the beginning of shutdown may meet. One CAS decides who ends the pause; the
 * others find it ended. Each of the three takes the other two back, also the one that fires while they are still being set
 * up.
 */
final class Delay implements Runnable, Consumer<AbortReason> {

    private static final AtomicIntegerFieldUpdater<Delay> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(Delay.class, "ended");

    private final RetryRun run;
    private final Call call;
    private final TimeSource time;
    private volatile int ended;
    private volatile @Nullable Registration onAbort;
    private volatile @Nullable Registration onStopping;
    private volatile TimeSource.@Nullable Timer timer;

    Delay(RetryRun run, Call call, TimeSource time) {
        this.run = run;
        this.call = call;
        this.time = time;
    }

    void start(long nanos) {
        this.call.phase(CallPhase.WAITING_RETRY);
        // No attempt runs now, so this costs nothing.
        this.onAbort = this.call.signal().runs(this);
        // All delays are told together; what the caller of one does next may wait for another of them.
        this.onStopping = this.call.stopping().onAbort(reason -> this.time.execute(() -> accept(reason)));
        if (this.ended == 0) {
            this.timer = this.time.schedule(nanos, this);
        }
        if (this.ended != 0) {
            clear();
        }
    }

    /** The pause is over. */
    @Override
    public void run() {
        if (ENDED.compareAndSet(this, 0, 1)) {
            clear();
            this.call.resume(this.run::attempt, ex -> this.run.end(null, ex));
        }
    }

    /** The call is given up, or the application stops: no use in waiting any longer. */
    @Override
    public void accept(AbortReason reason) {
        if (ENDED.compareAndSet(this, 0, 1)) {
            clear();
            this.run.end(null, AbortSource.exception(reason));
        }
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
