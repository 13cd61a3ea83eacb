package dev.settle.abort;

import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A moment of a clock. Readings of a clock are only ever compared by their difference. */
record Deadline(TimeSource time, long at) {

    static Deadline in(TimeSource time, long nanos) {
        return new Deadline(time, at(time, nanos));
    }

    static long at(TimeSource time, long nanos) {
        return time.nanoTime() + Math.min(Math.max(0, nanos), Nanos.FOREVER);
    }

    /** The deadline of a signal, whoever wrote it. */
    static @Nullable Deadline of(AbortSignal signal) {
        if (signal instanceof AbortSource source) {
            return source.deadline();
        }
        return signal.remaining()
                .map(left -> in(TimeSource.system(), Nanos.of(left)))
                .orElse(null);
    }

    static @Nullable Deadline nearer(@Nullable Deadline one, @Nullable Deadline other) {
        if (one == null || other == null) {
            return (one != null) ? one : other;
        }
        return (one.remainingNanos() <= other.remainingNanos()) ? one : other;
    }

    long remainingNanos() {
        return this.at - this.time.nanoTime();
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }
}
