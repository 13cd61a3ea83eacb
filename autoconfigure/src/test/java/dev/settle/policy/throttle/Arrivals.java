package dev.settle.policy.throttle;

import dev.settle.core.Policy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Callers that come one after another, at times in nanoseconds, and what became of them. */
final class Arrivals {

    private final List<Long> times = new ArrayList<>();
    private final List<Long> starts = new ArrayList<>();

    private Arrivals() {}

    /** Now in bursts, now with pauses, at most so far apart. */
    static Arrivals atRandom(int count, int mostApart, long seed) {
        Random random = new Random(seed);
        Arrivals arrivals = new Arrivals();
        long at = 0;
        for (int i = 0; i < count; i++) {
            at += random.nextInt(3) == 0 ? 0 : random.nextInt(1 + random.nextInt(mostApart));
            arrivals.times.add(at);
        }
        return arrivals;
    }

    /** Lets them call, and waits until the last has had its turn. */
    Arrivals call(Policy policy, VirtualTime time) {
        long origin = time.nanoTime();
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (long at : this.times) {
            time.advance(Duration.ofNanos(origin + at - time.nanoTime()));
            calls.add(policy.call(() -> {
                this.starts.add(time.nanoTime() - origin);
                return CompletableFuture.completedFuture("7.30");
            }));
        }
        time.advance(Duration.ofDays(1));
        calls.forEach(CompletableFuture::join);
        return this;
    }

    List<Long> times() {
        return this.times;
    }

    List<Long> starts() {
        return this.starts;
    }
}
