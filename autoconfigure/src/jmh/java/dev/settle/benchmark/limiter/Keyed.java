package dev.settle.benchmark.limiter;

import com.google.common.util.concurrent.RateLimiter;
import dev.settle.annotation.Throttle;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.plan.PlanRegistry;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A rate for each of many keys. The peers have none: a map of their limiters is what one would use. */
interface Keyed extends AutoCloseable {

    /** Whether a call with the key may start, and counts it. */
    boolean start(String key);

    @Override
    default void close() {}

    /** A map of limiters. */
    final class InMap<L> implements Keyed {

        private final ConcurrentHashMap<String, L> limiters = new ConcurrentHashMap<>();
        private final Function<String, L> maker;
        private final Function<L, Boolean> asked;

        InMap(Function<String, L> maker, Function<L, Boolean> asked) {
            this.maker = maker;
            this.asked = asked;
        }

        @Override
        public boolean start(String key) {
            return this.asked.apply(this.limiters.computeIfAbsent(key, this.maker));
        }
    }

    static Keyed resilience4j() {
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(1_000_000)
                .limitRefreshPeriod(Duration.ofHours(1))
                .timeoutDuration(Duration.ZERO)
                .build();
        return new InMap<>(
                key -> io.github.resilience4j.ratelimiter.RateLimiter.of(key, config),
                io.github.resilience4j.ratelimiter.RateLimiter::acquirePermission);
    }

    static Keyed bucket4j() {
        return new InMap<>(
                key -> Bucket.builder()
                        .addLimit(
                                bandwidth -> bandwidth.capacity(1_000_000).refillGreedy(1_000_000, Duration.ofHours(1)))
                        .withNanosecondPrecision()
                        .build(),
                bucket -> bucket.tryConsume(1));
    }

    static Keyed guava() {
        return new InMap<>(key -> RateLimiter.create(1_000), limiter -> {
            limiter.tryAcquire();
            return true;
        });
    }

    static Keyed failsafe() {
        return new InMap<>(
                key -> dev.failsafe.RateLimiter.burstyBuilder(1_000_000, Duration.ofHours(1))
                        .build(),
                dev.failsafe.RateLimiter::tryAcquirePermit);
    }

    /** The whole call: the proxy, the key's expression, and the rate. */
    final class Settle implements Keyed {

        private final AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(SettleAutoConfiguration.class, Desk.class);
        private final Desk desk = this.context.getBean(Desk.class);

        /** What is called. */
        public static class Desk {

            /** Starts that count for an hour each: the key stays. */
            @Throttle(
                    limit = 1,
                    window = "1h",
                    type = Throttle.Type.SMOOTH,
                    burst = 1_000_000,
                    key = "#key",
                    maxKeys = 2_000_000)
            public boolean start(String key) {
                return true;
            }

            /** Starts that count for a second. */
            @Throttle(limit = 10, key = "#key", maxKeys = 2_000_000)
            public boolean startShortly(String key) {
                return true;
            }
        }

        @Override
        public boolean start(String key) {
            return this.desk.start(key);
        }

        boolean startShortly(String key) {
            return this.desk.startShortly(key);
        }

        /** How many keys of a method are kept. */
        long kept(String method) {
            return this.context.getBean(PlanRegistry.class).plans().stream()
                    .filter(plan -> plan.method().getName().equals(method))
                    .mapToLong(plan -> plan.policies().get(0).step().state().get("keys"))
                    .sum();
        }

        @Override
        public void close() {
            this.context.close();
        }
    }
}
