package dev.settle.core;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException.Reason;
import dev.settle.queue.WaitingLine;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A call in line that writes down what comes of it: {@code "in"}, or the failure. */
final class LineCall extends WaitingCall {

    static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final List<Object> outcomes = new CopyOnWriteArrayList<>();
    private final Call call;

    LineCall(Call call, WaitingLine line, TimeSource time) {
        super(call, Attempt::start, "bulkhead", CallPhase.WAITING_BULKHEAD, line, time);
        this.call = call;
    }

    LineCall waits() {
        return waits(MAX_WAIT, 1000);
    }

    LineCall waits(Duration maxWait, int capacity) {
        WaitBounds bounds = new WaitBounds(maxWait, capacity);
        start(bounds, bounds.nanos());
        return this;
    }

    Call call() {
        return this.call;
    }

    List<Object> outcomes() {
        return this.outcomes;
    }

    @Override
    protected void admitted(Next next) {
        this.outcomes.add("in");
    }

    @Override
    protected void failed(Throwable failure) {
        this.outcomes.add(failure);
    }

    @Override
    protected Throwable refusal(Reason reason) {
        return this.call.refuse("bulkhead", null, reason, null);
    }
}
