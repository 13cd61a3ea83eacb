package dev.settle.policy.bulkhead;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException.Reason;
import dev.settle.core.Call;
import dev.settle.core.Futures;
import dev.settle.core.Next;
import dev.settle.core.StepOutcome;
import dev.settle.core.WaitBounds;
import dev.settle.core.WaitingCall;
import dev.settle.queue.KeyedStates.Pinned;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A call that waits for a permit, and then has it until its outcome is there. */
final class BulkheadWait extends WaitingCall implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    private final BulkheadStep step;
    private final Call call;
    private final Pinned<Permits> permits;
    private final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();

    BulkheadWait(BulkheadStep step, Call call, Next next, Pinned<Permits> permits) {
        super(
                call,
                next,
                BulkheadStep.POLICY,
                CallPhase.WAITING_BULKHEAD,
                permits.state().line(),
                step.time());
        this.step = step;
        this.call = call;
        this.permits = permits;
    }

    void start(WaitBounds bounds) {
        start(bounds, bounds.nanos());
    }

    CompletableFuture<@Nullable Object> outcome() {
        return this.outcome;
    }

    @Override
    protected void admitted(Next next) {
        this.permits.state().heldBy(this.call.signal());
        StepOutcome.follow(next.start(this.call), this);
    }

    /** The permit is free before anybody hears of the outcome. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        this.step.release(this.permits);
        Futures.settle(this.outcome, value, failure);
    }

    @Override
    protected void failed(Throwable failure) {
        this.step.states().unpin(this.permits);
        this.outcome.completeExceptionally(failure);
    }

    @Override
    protected Throwable refusal(Reason reason) {
        return this.call.refuse(BulkheadStep.POLICY, this.step.states().keyOf(this.permits), reason, null);
    }
}
