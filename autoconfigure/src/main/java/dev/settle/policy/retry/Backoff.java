package dev.settle.policy.retry;

import dev.settle.time.Nanos;
import java.util.function.DoubleSupplier;

/**
 * The delays of one call: exponential, capped, spread by jitter. The formulas are those of AWS's "Exponential Backoff And
 * Jitter". Doubles saturate: the hundredth delay is the longest one, not a negative one.
 */
final class Backoff {

    private final RetrySettings settings;
    private final DoubleSupplier random;
    private final double first;
    private final double longest;
    private int retries;
    private double previous;

    Backoff(RetrySettings settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
        this.first = Nanos.of(settings.delay());
        this.longest = Nanos.of(settings.maxDelay());
        this.previous = this.first;
    }

    /** The next delay in nanoseconds. */
    long next() {
        double full = Math.min(this.longest, this.first * Math.pow(this.settings.multiplier(), this.retries++));
        return (long)
                switch (this.settings.jitter()) {
                    case NONE -> full;
                    case FULL -> between(0, full);
                    case EQUAL -> between(full / 2, full);
                    case DECORRELATED -> decorrelated();
                };
    }

    private double decorrelated() {
        this.previous = Math.min(this.longest, between(this.first, 3 * this.previous));
        return this.previous;
    }

    private double between(double from, double to) {
        return from + (to - from) * this.random.getAsDouble();
    }
}
