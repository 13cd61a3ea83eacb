package dev.settle.policy.bulkhead;

import dev.settle.ReentrantCallException;
import dev.settle.core.Call;
import dev.settle.core.CallStates;
import dev.settle.core.Futures;
import dev.settle.core.Next;
import dev.settle.core.StepOutcome;
import dev.settle.core.TunableStep;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.queue.PermitLine;
import dev.settle.time.TimeSource;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many calls run at once; the others wait in line.
 *
 * <p>Race: the number of permits may change while the permits of a key are made with the old one, and the key be missed by
 * who changes those in use. The new number is therefore said first, and whoever has pinned a key looks whether it has that
 * number: a key that was missed is pinned by somebody who finds the new one.
 */
final class BulkheadStep implements TunableStep<BulkheadSettings> {

    static final String POLICY = "bulkhead";

    private volatile BulkheadSettings settings;
    private final TimeSource time;
    private final CallStates<Permits> states;
    private final AtomicBoolean warned = new AtomicBoolean();

    BulkheadStep(BulkheadSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.states = new CallStates<>(POLICY, settings.keys(), () -> new Permits(value()));
    }

    /**
     * Goes on with another number of permits. More let those in line in at once; fewer disturb nobody who runs, and are
     * reached as calls end. The bounds of the line are for calls that come later: who waits already keeps its place and the
     * time that it had.
     *
     * <p>Several may do so at once: the number is asked for under the lock of the line, so the last one said is that of all.
     */
    @Override
    public void tune(BulkheadSettings other) {
        this.settings = other;
        this.states.forEach(permits -> permits.line().resize(this::value));
    }

    private int value() {
        return this.settings.value();
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        Pinned<Permits> permits = pin(call);
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

    private Pinned<Permits> pin(Call call) {
        Pinned<Permits> permits = this.states.pin(call);
        if (permits.state().line().permits() != value()) {
            permits.state().line().resize(this::value);
        }
        return permits;
    }

    /** It may go well, because there are more permits; but when all have calls that wait inside, nobody goes on. */
    private void warnIfInsideItself(Call call) {
        // Where there are keys, the call around may well have another one.
        if (!this.states.keyed()
                && !this.warned.get()
                && call.isInsideItself()
                && this.warned.compareAndSet(false, true)) {
            System.getLogger(BulkheadStep.class.getName())
                    .log(
                            Level.WARNING,
                            "A call of ''{0}'' waits for a permit inside another call of it that has one: when all"
                                    + " permits are held by such calls, they wait until their maxWait is over",
                            call.name());
        }
    }

    /** Runs what is inside with a permit that is given back when its outcome is there, before anybody hears of it. */
    private CompletableFuture<@Nullable Object> run(Call call, Next next, Pinned<Permits> permits) {
        permits.state().heldBy(call.signal());
        CompletableFuture<@Nullable Object> inner = next.start(call);
        if (inner.isDone()) {
            release(permits);
            return inner;
        }
        Running running = new Running(this, permits);
        StepOutcome.follow(inner, running);
        return running;
    }

    /** The outcome of a call that has a permit, and gives it back. One object, because there is one for each such call. */
    private static final class Running extends StepOutcome
            implements BiConsumer<@Nullable Object, @Nullable Throwable> {

        private final BulkheadStep step;
        private final Pinned<Permits> permits;

        Running(BulkheadStep step, Pinned<Permits> permits) {
            this.step = step;
            this.permits = permits;
        }

        @Override
        public void accept(@Nullable Object value, @Nullable Throwable failure) {
            this.step.release(this.permits);
            Futures.settle(this, value, failure);
        }
    }

    void release(Pinned<Permits> permits) {
        permits.state().release();
        this.states.unpin(permits);
    }

    @Override
    public Map<String, Long> state() {
        if (this.states.keyed()) {
            return Map.of("keys", (long) this.states.keys(), "permits", (long) value());
        }
        PermitLine line = only().line();
        return Map.of("permits", (long) line.permits(), "free", (long) line.free(), "waiting", (long) line.waiting());
    }

    BulkheadSettings settings() {
        return this.settings;
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
        return "Bulkhead " + value();
    }
}
