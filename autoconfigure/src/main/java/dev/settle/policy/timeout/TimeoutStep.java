package dev.settle.policy.timeout;

import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.TunableStep;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gives what is inside a deadline and a signal of its own. */
final class TimeoutStep implements TunableStep<TimeoutSettings> {

    private final TimeSource time;
    private volatile TimeoutSettings settings;

    TimeoutStep(TimeoutSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    /** Goes on with another limit, for what is started from now on; what runs keeps the deadline that it was given. */
    @Override
    public void tune(TimeoutSettings other) {
        this.settings = other;
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        TimeoutSettings now = this.settings;
        long limit = Nanos.of(now.value());
        TimeoutRun run = new TimeoutRun(call, now, this.time, limit);
        // Armed before the method starts: a method that blocks before it returns its future is over time as well.
        run.arm(limit);
        return run.follow(next.start(run));
    }

    @Override
    public String toString() {
        TimeoutSettings now = this.settings;
        return "Timeout(" + now.scope() + ") " + Nanos.words(now.value());
    }
}
