package dev.settle.policy.throttle;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.core.Call;
import dev.settle.core.CallStates;
import dev.settle.core.Next;
import dev.settle.core.TunableStep;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many calls start in a window of time.
 *
 * <p>Race: the settings may change while the line of a key is made with the old ones, and the key be missed by who changes
 * those in use. The new ones are therefore said first, and whoever has pinned a key looks whether it has them: a key that
 * was missed is pinned by somebody who finds the new ones.
 */
final class ThrottleStep implements TunableStep<ThrottleSettings> {

    static final String POLICY = "throttle";

    private volatile ThrottleSettings settings;
    private final TimeSource time;
    private final CallStates<Rate> states;
    private final RecentKeys recent;

    ThrottleStep(ThrottleSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.states = new CallStates<>(POLICY, settings.keys(), this::rate);
        this.recent = new RecentKeys(this.states, time);
    }

    private Rate rate() {
        return new Rate(this.settings, this.time);
    }

    /**
     * Goes on with another limit, window or burst. Starts that count go on counting, those that are promised stay promised,
     * and who waits keeps its place and starts when the new settings let it; a start that has left a window before that
     * becomes longer is forgotten. What becomes of the calls beyond the limit, and the bounds of the line, are for calls
     * that come later: who waits already keeps the time that it had.
     */
    @Override
    public void tune(ThrottleSettings other) {
        this.settings = other;
        this.states.forEach(rate -> rate.retune(this::settings));
        this.recent.retune();
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        Pinned<Rate> rate = pin(call);
        // One that is given up is no start, and is told so rather than that it came too often.
        AbortReason given = call.signal().why();
        if (given != null) {
            return refused(rate, AbortSource.exception(given));
        }
        if (rate.state().tryStart()) {
            unpin(rate);
            return next.start(call);
        }
        return switch (this.settings.excess()) {
            case REJECT -> refused(rate, refusal(call, rate, Reason.RATE));
            case WAIT -> waiting(call, next, rate);
            case SHARE -> new Sharing(this, call, next, rate).join();
        };
    }

    private Pinned<Rate> pin(Call call) {
        Pinned<Rate> rate = this.states.pin(call);
        if (rate.state().settings() != this.settings) {
            rate.state().retune(this::settings);
        }
        return rate;
    }

    private CompletableFuture<@Nullable Object> waiting(Call call, Next next, Pinned<Rate> rate) {
        CallRejectedException doomed = doomed(call, rate);
        if (doomed != null) {
            return refused(rate, doomed);
        }
        return new ThrottleWait(this, call, next, rate).start(this.settings.bounds());
    }

    /** Why a wait is refused now that would be refused later: it would be longer than it may, or than the caller waits. */
    @Nullable
    CallRejectedException doomed(Call call, Pinned<Rate> rate) {
        return doomed(call, rate, rate.state().estimate());
    }

    @Nullable
    CallRejectedException doomed(Call call, Pinned<Rate> rate, long wait) {
        long patience = Math.min(
                this.settings.bounds().nanos(),
                call.signal().remaining().map(Nanos::of).orElse(Nanos.FOREVER));
        return (wait > patience) ? refusal(call, rate, Reason.WAIT_EXCEEDED) : null;
    }

    CallRejectedException refusal(Call call, Pinned<Rate> rate, Reason reason) {
        Duration retryAfter =
                (reason == Reason.CLOSED) ? null : Duration.ofNanos(rate.state().estimate());
        return call.refuse(POLICY, this.states.keyOf(rate), reason, retryAfter);
    }

    CompletableFuture<@Nullable Object> refused(Pinned<Rate> rate, Throwable refusal) {
        unpin(rate);
        return CompletableFuture.failedFuture(refusal);
    }

    /** Starts what has been let in; only now the start counts. */
    CompletableFuture<@Nullable Object> run(Call call, Next next, Pinned<Rate> rate) {
        AbortReason given = call.signal().why();
        if (given != null) {
            rate.state().withdrawn();
            unpin(rate);
            return CompletableFuture.failedFuture(AbortSource.exception(given));
        }
        rate.state().started();
        unpin(rate);
        return next.start(call);
    }

    void unpin(Pinned<Rate> rate) {
        this.recent.unpin(rate);
    }

    @Override
    public Map<String, Long> state() {
        return this.states.keyed()
                ? Map.of("keys", (long) this.states.keys())
                : Map.of("waiting", (long) this.states.only().state().waiting());
    }

    ThrottleSettings settings() {
        return this.settings;
    }

    CallStates<Rate> states() {
        return this.states;
    }

    TimeSource time() {
        return this.time;
    }

    @Override
    public String toString() {
        ThrottleSettings now = this.settings;
        return "Throttle " + now.limit() + " in " + Nanos.words(now.window());
    }
}
