package dev.settle.chaos;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Every decision of a round, from its seed. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    boolean chance(int percent) {
        return this.random.nextInt(100) < percent;
    }

    int between(int least, int most) {
        return this.random.nextInt(least, most + 1);
    }

    Duration millis(int least, int most) {
        return Duration.ofMillis(between(least, most));
    }

    double fraction() {
        return this.random.nextDouble();
    }

    long number() {
        return this.random.nextLong();
    }

    @SafeVarargs
    final <T> T one(T... of) {
        return of[this.random.nextInt(of.length)];
    }

    <T> T one(List<T> of) {
        return of.get(this.random.nextInt(of.size()));
    }
}
