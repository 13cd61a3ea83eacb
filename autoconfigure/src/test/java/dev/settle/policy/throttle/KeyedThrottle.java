package dev.settle.policy.throttle;

import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.core.AsyncCall;
import dev.settle.core.KeySettings;
import dev.settle.core.StepPolicy;
import dev.settle.core.WaitBounds;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A throttle with a limit for each key, as annotated methods have it. */
final class KeyedThrottle extends StepPolicy {

    private final ThrottleStep step;
    private final ThreadLocal<Object> key;

    private KeyedThrottle(ThrottleStep step, ThreadLocal<Object> key) {
        super(step);
        this.step = step;
        this.key = key;
    }

    static KeyedThrottle of(int limit, Duration window, int maxKeys, TimeSource time) {
        return of(limit, window, Throttle.Type.SLIDING, Throttle.Excess.WAIT, maxKeys, time);
    }

    static KeyedThrottle of(
            int limit, Duration window, Throttle.Type type, Throttle.Excess excess, int maxKeys, TimeSource time) {
        ThreadLocal<Object> key = new ThreadLocal<>();
        ThrottleSettings settings = new ThrottleSettings(
                limit,
                window,
                type,
                1,
                excess,
                WaitBounds.DEFAULT,
                new KeySettings(call -> key.get(), maxKeys),
                Scope.LOCAL);
        return new KeyedThrottle(new ThrottleStep(settings, time), key);
    }

    <T> CompletableFuture<T> call(Object ofKey, AsyncCall<T> work) {
        this.key.set(ofKey);
        return call(work);
    }

    void tune(int limit, Duration window) {
        ThrottleSettings now = this.step.settings();
        this.step.tune(new ThrottleSettings(
                limit, window, now.type(), now.burst(), now.excess(), now.bounds(), now.keys(), now.scope()));
    }

    /** How many keys are in use. */
    int keys() {
        return this.step.states().keys();
    }
}
