package dev.settle.policy.throttle;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.Registration;
import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.SharedRun;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.queue.Waiter;
import dev.settle.queue.WaitingLine.Entry;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call beyond the limit that shares one run with others: the first of them puts the run in line, the arguments of the
 * latest count.
 *
 * <p>Race: the run may start, or be left by all, when a call is about to join it. Joining it then fails, and the call
 * begins a new one.
 */
final class Sharing {

    private final ThrottleStep step;
    private final Call call;
    private final Next next;
    private final Pinned<Rate> rate;

    Sharing(ThrottleStep step, Call call, Next next, Pinned<Rate> rate) {
        this.step = step;
        this.call = call;
        this.next = next;
        this.rate = rate;
    }

    CompletableFuture<@Nullable Object> join() {
        this.call.phase(CallPhase.WAITING_THROTTLE);
        while (true) {
            SharedRun gathering = this.rate.state().trailing().get();
            CompletableFuture<@Nullable Object> share = (gathering == null) ? begin() : join(gathering);
            if (share != null) {
                return share;
            }
        }
    }

    /** Joins a run, whose pin keeps the key; null when it gathers no more. */
    private @Nullable CompletableFuture<@Nullable Object> join(SharedRun gathering) {
        if (gathering.callers() >= this.step.settings().bounds().queueCapacity()) {
            return this.step.refused(this.rate, this.step.refusal(this.call, this.rate, Reason.QUEUE_FULL));
        }
        CompletableFuture<@Nullable Object> share = gathering.gather(this.call);
        if (share == null) {
            this.rate.state().trailing().compareAndSet(gathering, null);
            return null;
        }
        this.call.emit(ThrottleEvent.SHARED, gathering.callers());
        this.step.unpin(this.rate);
        return share;
    }

    private @Nullable CompletableFuture<@Nullable Object> begin() {
        CallRejectedException doomed = (this.step.settings().bounds().queueCapacity() == 0)
                ? this.step.refusal(this.call, this.rate, Reason.QUEUE_FULL)
                : this.step.doomed(this.call, this.rate);
        if (doomed != null) {
            return this.step.refused(this.rate, doomed);
        }
        Turn turn = new Turn();
        if (!this.rate.state().trailing().compareAndSet(null, turn.run)) {
            return null;
        }
        CompletableFuture<@Nullable Object> share = turn.run.gather(this.call);
        turn.start();
        return share;
    }

    /** The place of a run in the line. */
    private final class Turn extends Waiter {

        private final SharedRun run = new SharedRun(Sharing.this.step.time(), over -> left());
        private volatile @Nullable Registration onStopping;

        void start() {
            // The shutdown that the first caller hears of is that of all: they call the same method.
            this.onStopping = Sharing.this.call.stopping().onAbort(reason -> closed());
            Entry entry = Sharing.this.rate.state().line().enter(this, Integer.MAX_VALUE);
            if (entry == Entry.IN) {
                run();
            } else if (!waiting()) {
                clear();
            }
        }

        /** The run may start. From here on, callers gather for the next one. */
        @Override
        public void run() {
            clear();
            Sharing.this.rate.state().trailing().compareAndSet(this.run, null);
            Next counted = Next.around(
                    (call, inner) -> Sharing.this.step.run(call, inner, Sharing.this.rate), Sharing.this.next);
            if (!this.run.start(counted, null)) {
                Sharing.this.rate.state().line().withdrawn();
                Sharing.this.step.unpin(Sharing.this.rate);
            }
        }

        /** Nobody wants the run any more, or it is over. */
        private void left() {
            Sharing.this.rate.state().trailing().compareAndSet(this.run, null);
            if (Sharing.this.rate.state().line().leave(this)) {
                clear();
                Sharing.this.step.unpin(Sharing.this.rate);
            }
        }

        @Override
        protected void closed() {
            this.run.giveUp(() -> Sharing.this.step.refusal(Sharing.this.call, Sharing.this.rate, Reason.CLOSED));
        }

        private void clear() {
            Registration stopping = this.onStopping;
            if (stopping != null) {
                stopping.remove();
            }
        }
    }
}
