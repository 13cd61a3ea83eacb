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
 * latest count. The key is pinned by the call until it has joined, and by the run until it starts or is left by all.
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
        try {
            while (true) {
                SharedRun gathering = this.rate.state().trailing();
                CallRejectedException refusal = refusal(gathering);
                if (refusal != null) {
                    return CompletableFuture.failedFuture(refusal);
                }
                this.call.phase(CallPhase.WAITING_THROTTLE);
                CompletableFuture<@Nullable Object> share = (gathering == null) ? begin() : join(gathering);
                if (share != null) {
                    return share;
                }
            }
        } finally {
            this.step.unpin(this.rate);
        }
    }

    private @Nullable CallRejectedException refusal(@Nullable SharedRun gathering) {
        int before = (gathering == null) ? 0 : gathering.callers();
        if (before >= this.step.settings().bounds().queueCapacity()) {
            return this.step.refusal(this.call, this.rate, Reason.QUEUE_FULL);
        }
        RateLine line = this.rate.state();
        return this.step.doomed(this.call, this.rate, (gathering == null) ? line.estimate() : line.estimateOfFirst());
    }

    /** Joins a run; null when it gathers no more. */
    private @Nullable CompletableFuture<@Nullable Object> join(SharedRun gathering) {
        CompletableFuture<@Nullable Object> share = gathering.gather(this.call);
        if (share == null) {
            this.rate.state().trailing(gathering, null);
        } else {
            this.call.emit(ThrottleEvent.SHARED, gathering.callers());
        }
        return share;
    }

    /** Begins a run; null when somebody else has, or when others have joined and left it already. */
    private @Nullable CompletableFuture<@Nullable Object> begin() {
        Turn turn = new Turn();
        this.step.states().keep(this.rate);
        if (!this.rate.state().trailing(null, turn.run)) {
            this.step.unpin(this.rate);
            return null;
        }
        CompletableFuture<@Nullable Object> share = turn.run.gather(this.call);
        turn.start();
        return share;
    }

    /** The place of a run in the line. */
    private final class Turn extends Waiter {

        private final SharedRun run = new SharedRun(
                Sharing.this.step.time(), Sharing.this.call.signal().settling(), over -> left());
        private volatile @Nullable Registration onStopping;

        void start() {
            // The shutdown that the first caller hears of is that of all: they call the same method.
            this.onStopping = Sharing.this.call.stopping().onAbort(reason -> giveUp());
            Entry entry = Sharing.this.rate.state().enter(this, Integer.MAX_VALUE);
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
            Sharing.this.rate.state().trailing(this.run, null);
            boolean started = this.run.start(
                    (call, inner) -> Sharing.this.step.run(call, inner, Sharing.this.rate), Sharing.this.next, null);
            if (!started) {
                Sharing.this.rate.state().withdrawn();
                Sharing.this.step.unpin(Sharing.this.rate);
            }
        }

        /** Nobody wants the run any more, or it is over. */
        private void left() {
            Sharing.this.rate.state().trailing(this.run, null);
            if (Sharing.this.rate.state().leave(this)) {
                gone();
            }
        }

        @Override
        protected void closed() {
            gone();
            giveUp();
        }

        private void gone() {
            clear();
            Sharing.this.step.unpin(Sharing.this.rate);
        }

        private void giveUp() {
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
