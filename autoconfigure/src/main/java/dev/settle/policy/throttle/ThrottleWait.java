package dev.settle.policy.throttle;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException.Reason;
import dev.settle.core.Call;
import dev.settle.core.Futures;
import dev.settle.core.Next;
import dev.settle.core.WaitBounds;
import dev.settle.core.WaitingCall;
import dev.settle.queue.KeyedStates.Pinned;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call that waits until it may start. */
final class ThrottleWait extends WaitingCall {

    private final ThrottleStep step;
    private final Call call;
    private final Pinned<Rate> rate;
    private final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();

    ThrottleWait(ThrottleStep step, Call call, Next next, Pinned<Rate> rate) {
        super(call, next, ThrottleStep.POLICY, CallPhase.WAITING_THROTTLE, rate.state(), step.time());
        this.step = step;
        this.call = call;
        this.rate = rate;
    }

    CompletableFuture<@Nullable Object> start(WaitBounds bounds) {
        start(bounds, bounds.nanos());
        return this.outcome;
    }

    @Override
    protected void admitted(Next next) {
        Futures.relay(this.step.run(this.call, next, this.rate), this.outcome);
    }

    @Override
    protected void failed(Throwable failure) {
        this.step.unpin(this.rate);
        this.outcome.completeExceptionally(failure);
    }

    @Override
    protected Throwable refusal(Reason reason) {
        return this.step.refusal(this.call, this.rate, reason);
    }
}
