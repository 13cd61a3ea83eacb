package dev.settle.policy.retry;

import dev.settle.time.Nanos;
import java.util.function.DoubleSupplier;

/**
 * The delays of one call: exponential, capped, spread by jitter. The formulas are those of AWS's "Exponential Backoff And
 * Jitter". Doubles saturate: the hundredth delay is the longest one, not a negative one.
 */
final class Backoff {

    private final DoubleSupplier random;
    private int retries;
    private double previous;

    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** The next delay in nanoseconds, by the settings of now: those of the delays before it may have been others. */
    long next(RetrySettings settings) {
        double first = Nanos.of(settings.delay());
        double longest = Nanos.of(settings.maxDelay());
        double full = Math.min(longest, first * Math.pow(settings.multiplier(), this.retries++));
        return (long)
                switch (settings.jitter()) {
                    case NONE -> full;
                    case FULL -> between(0, full);
                    case EQUAL -> between(full / 2, full);
                    case DECORRELATED -> decorrelated(first, longest);
                };
    }

    private double decorrelated(double first, double longest) {
        this.previous = Math.min(longest, between(first, 3 * Math.max(first, this.previous)));
        return this.previous;
    }

    private double between(double from, double to) {
        return from + (to - from) * this.random.getAsDouble();
    }
}
