package dev.settle.policy.throttle;

import dev.settle.abort.AbortSource;
import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.annotation.Throttle.Type;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.StepPolicy;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A throttled method whose settings change, with all times in milliseconds from its making on. */
final class TunedThrottle {

    private final VirtualTime time;
    private final Type type;
    private final AbortSource stopping = new AbortSource();
    private final Provider provider;
    private final ThrottleStep step;
    private final PlannedMethod method;

    TunedThrottle(Type type, int limit, long window, int burst, VirtualTime time) {
        this.time = time;
        this.type = type;
        this.provider = new Provider(time).thenAnswers("7.30");
        this.step = new ThrottleStep(settings(limit, window, burst, Excess.WAIT, WaitBounds.DEFAULT), time);
        this.method = PlannedMethod.with(new StepPolicy(this.step) {}).stoppingWith(this.stopping);
    }

    static TunedThrottle sliding(int limit, long window, VirtualTime time) {
        return new TunedThrottle(Type.SLIDING, limit, window, 1, time);
    }

    static TunedThrottle smooth(int limit, long window, int burst, VirtualTime time) {
        return new TunedThrottle(Type.SMOOTH, limit, window, burst, time);
    }

    private ThrottleSettings settings(int limit, long window, int burst, Excess excess, WaitBounds bounds) {
        return new ThrottleSettings(
                limit, Duration.ofMillis(window), this.type, burst, excess, bounds, KeySettings.NONE, Scope.LOCAL);
    }

    void tune(int limit, long window) {
        tune(limit, window, 1);
    }

    void tune(int limit, long window, int burst) {
        this.step.tune(settings(limit, window, burst, Excess.WAIT, WaitBounds.DEFAULT));
    }

    /** One in 100 ms, with something else for the calls beyond. */
    void tune(Excess excess, WaitBounds bounds) {
        this.step.tune(settings(1, 100, 1, excess, bounds));
    }

    ThrottleStep step() {
        return this.step;
    }

    AbortSource stopping() {
        return this.stopping;
    }

    CompletableFuture<String> call() {
        return this.method.start(this.provider);
    }

    List<CompletableFuture<String>> call(int times) {
        return Stream.generate(this::call).limit(times).toList();
    }

    void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    List<Long> starts() {
        return this.provider.startedAt().stream().map(Duration::toMillis).toList();
    }
}
