package dev.settle.abort;

import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import dev.settle.time.Workers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** Builds the controller. */
final class ControllerBuilder implements AsyncAbortController.Builder {

    private TimeSource time = TimeSource.system();
    private Executor executor = Workers.shared();
    private Duration phaseLimit = Duration.ofSeconds(30);
    private Map<Integer, Duration> phaseLimits = Map.of();
    private long closeLimit = Nanos.FOREVER;
    private AbortListener listener = new AbortListener() {};

    @Override
    public ControllerBuilder time(TimeSource time) {
        this.time = time;
        return this;
    }

    @Override
    public ControllerBuilder executor(Executor executor) {
        this.executor = executor;
        return this;
    }

    @Override
    public ControllerBuilder phaseLimit(Duration limit) {
        this.phaseLimit = positive(limit);
        return this;
    }

    @Override
    public ControllerBuilder phaseLimits(Map<Integer, Duration> limits) {
        limits.values().forEach(ControllerBuilder::positive);
        this.phaseLimits = Map.copyOf(limits);
        return this;
    }

    @Override
    public ControllerBuilder closeLimit(Duration limit) {
        this.closeLimit = Nanos.of(positive(limit));
        return this;
    }

    @Override
    public ControllerBuilder listener(AbortListener listener) {
        this.listener = listener;
        return this;
    }

    private static Duration positive(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("A limit must be positive, not " + limit);
        }
        return limit;
    }

    @Override
    public AsyncAbortController build() {
        Map<Integer, Long> nanos = new HashMap<>();
        this.phaseLimits.forEach((phase, limit) -> nanos.put(phase, Nanos.of(limit)));
        return new Controller(new ControllerSettings(
                this.time, this.executor, Nanos.of(this.phaseLimit), nanos, this.closeLimit, this.listener));
    }
}
