package dev.settle.benchmark.limiter;

import com.google.common.util.concurrent.RateLimiter;
import dev.settle.policy.throttle.RateLines;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** What says whether a call may start. */
public enum Limiters {
    /** {@code @Throttle(type = SMOOTH)}. */
    SETTLE("Settle", (limit, window) -> RateLines.smooth(limit, window, Math.max(1, limit / 1000))),
    /** {@code @Throttle}, which keeps the time of each start: with a limit that one would use it for. */
    SETTLE_SLIDING("Settle, sliding", Limiters::sliding),
    /** What all of them have to read. */
    CLOCK("limit: System.nanoTime", (limit, window) -> () -> System.nanoTime() != 0),
    /** Its only one. */
    RESILIENCE4J("Resilience4j", Limiters::resilience4j),
    /** Evenly spaced. */
    FAILSAFE_SMOOTH("Failsafe, smooth", (limit, window) -> {
        var limiter = dev.failsafe.RateLimiter.smoothBuilder(limit, window).build();
        return limiter::tryAcquirePermit;
    }),
    /** By periods. */
    FAILSAFE_BURSTY("Failsafe, bursty", (limit, window) -> {
        var limiter = dev.failsafe.RateLimiter.burstyBuilder(limit, window).build();
        return limiter::tryAcquirePermit;
    }),
    /** Without a lock, on the nanosecond clock. */
    BUCKET4J("Bucket4j", Limiters::bucket4j),
    /** Evenly spaced. */
    GUAVA("Guava", Limiters::guava);

    private final String subject;
    private final BiFunction<Integer, Duration, BooleanSupplier> maker;

    Limiters(String subject, BiFunction<Integer, Duration, BooleanSupplier> maker) {
        this.subject = subject;
        this.maker = maker;
    }

    String subject() {
        return this.subject;
    }

    /** One that grants all that is asked for here. */
    BooleanSupplier granting() {
        return this.maker.apply(1_000_000_000, Duration.ofSeconds(1));
    }

    /** One that has nothing more to grant. */
    BooleanSupplier refusing() {
        BooleanSupplier limiter = this.maker.apply(1, Duration.ofHours(1));
        limiter.getAsBoolean();
        return limiter;
    }

    /** The same rate by a limit that somebody would use: it keeps the time of each start in the window. */
    private static BooleanSupplier sliding(int limit, Duration window) {
        return (limit <= 100)
                ? RateLines.sliding(limit, window)
                : RateLines.sliding(100, window.dividedBy(limit / 100));
    }

    private static BooleanSupplier resilience4j(int limit, Duration window) {
        var limiter = io.github.resilience4j.ratelimiter.RateLimiter.of(
                "benchmark",
                RateLimiterConfig.custom()
                        .limitForPeriod(limit)
                        .limitRefreshPeriod(window)
                        .timeoutDuration(Duration.ZERO)
                        .build());
        return limiter::acquirePermission;
    }

    private static BooleanSupplier bucket4j(int limit, Duration window) {
        Bucket bucket = Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, window))
                .withNanosecondPrecision()
                .build();
        return () -> bucket.tryConsume(1);
    }

    private static BooleanSupplier guava(int limit, Duration window) {
        RateLimiter limiter = RateLimiter.create(limit * 1e9 / window.toNanos());
        return limiter::tryAcquire;
    }
}
