package dev.settle.sample.upstream;

import java.time.Duration;
import java.util.Random;

/**
 * How badly a provider behaves.
 *
 * @param failures the share of requests answered 503, {@code Retry-After: 1}
 * @param resets the share of connections reset
 * @param hangs the share of requests never answered
 * @param latency the mean time to an answer, which varies evenly by a half
 */
record Faults(double failures, double resets, double hangs, Duration latency) {

    Faults {
        share("failures", failures);
        share("resets", resets);
        share("hangs", hangs);
        share("failures + resets + hangs", failures + resets + hangs);
        if (latency.isNegative() || latency.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("latency must be between 0s and 1m, not " + latency);
        }
    }

    private static void share(String name, double value) {
        // Said this way round, NaN is refused too.
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, not " + value);
        }
    }

    /** Decides what happens to one request: always two numbers of the seed, so that a request costs the same. */
    Fate draw(Random random) {
        double share = random.nextDouble();
        Duration delay = Duration.ofNanos((long) (this.latency.toNanos() * (0.5 + random.nextDouble())));
        return new Fate(kind(share), delay);
    }

    private Fate.Kind kind(double share) {
        if (share < this.hangs) {
            return Fate.Kind.HANG;
        }
        if (share < this.hangs + this.resets) {
            return Fate.Kind.RESET;
        }
        return share < this.hangs + this.resets + this.failures ? Fate.Kind.FAILURE : Fate.Kind.ANSWER;
    }
}
