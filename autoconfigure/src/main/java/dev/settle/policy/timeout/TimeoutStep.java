package dev.settle.policy.timeout;

import dev.settle.abort.AbortSource;
import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.Step;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gives what is inside a deadline and a signal of its own. */
final class TimeoutStep implements Step {

    private final TimeoutSettings settings;
    private final TimeSource time;
    private final long limit;

    TimeoutStep(TimeoutSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.limit = Nanos.of(settings.value());
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        AbortSource.Child signal = AbortSource.child(call.signal(), this.time, this.limit);
        TimeoutRun run = new TimeoutRun(call, signal, this.settings, this.time);
        // Armed before the method starts: a method that blocks before it returns its future is over time as well.
        run.arm(this.limit);
        return run.follow(next.start(call.with(signal)));
    }

    @Override
    public String toString() {
        return "Timeout(" + this.settings.scope() + ") " + Nanos.words(this.settings.value());
    }
}
