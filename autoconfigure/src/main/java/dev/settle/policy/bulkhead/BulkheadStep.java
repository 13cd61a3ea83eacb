package dev.settle.policy.bulkhead;

import dev.settle.ReentrantCallException;
import dev.settle.core.Call;
import dev.settle.core.CallStates;
import dev.settle.core.Futures;
import dev.settle.core.Next;
import dev.settle.core.Step;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.time.TimeSource;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Lets so many calls run at once; the others wait in line. */
final class BulkheadStep implements Step {

    static final String POLICY = "bulkhead";

    private final BulkheadSettings settings;
    private final TimeSource time;
    private final CallStates<Permits> states;
    private final AtomicBoolean warned = new AtomicBoolean();

    BulkheadStep(BulkheadSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.states = new CallStates<>(POLICY, settings.keys(), () -> new Permits(settings.value()));
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        Pinned<Permits> permits = this.states.pin(call);
        if (permits.state().line().tryEnter(1)) {
            return run(call, next, permits);
        }
        if (permits.state().waitsForItself(call.signal())) {
            this.states.unpin(permits);
            return CompletableFuture.failedFuture(new ReentrantCallException("A call of '" + call.name()
                    + "' from inside a call of '" + call.name() + "' that has the only permit would wait for itself"));
        }
        warnIfInsideItself(call);
        BulkheadWait wait = new BulkheadWait(this, call, next, permits);
        wait.start(this.settings.bounds());
        return wait.outcome();
    }

    /** It may go well, because there are more permits; but when all have calls that wait inside, nobody goes on. */
    private void warnIfInsideItself(Call call) {
        // Where there are keys, the call around may well have another one.
        if (!this.states.keyed() && call.isInsideItself() && this.warned.compareAndSet(false, true)) {
            System.getLogger(BulkheadStep.class.getName())
                    .log(
                            Level.WARNING,
                            "A call of ''{0}'' waits for a permit inside another call of it that has one: when all"
                                    + " permits are held by such calls, they wait until their maxWait is over",
                            call.name());
        }
    }

    /** Runs what is inside with a permit that is given back when its outcome is there, before anybody hears of it. */
    CompletableFuture<@Nullable Object> run(Call call, Next next, Pinned<Permits> permits) {
        permits.state().heldBy(call.signal());
        CompletableFuture<@Nullable Object> inner = next.start(call);
        if (inner.isDone()) {
            release(permits);
            return inner;
        }
        CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
        inner.whenComplete((value, failure) -> {
            release(permits);
            Futures.settle(outcome, value, failure);
        });
        return outcome;
    }

    private void release(Pinned<Permits> permits) {
        permits.state().release();
        this.states.unpin(permits);
    }

    CallStates<Permits> states() {
        return this.states;
    }

    /** The permits where there are no keys. */
    Permits only() {
        return this.states.only().state();
    }

    TimeSource time() {
        return this.time;
    }

    @Override
    public String toString() {
        return "Bulkhead " + this.settings.value();
    }
}
