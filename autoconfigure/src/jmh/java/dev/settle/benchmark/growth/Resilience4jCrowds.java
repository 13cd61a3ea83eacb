package dev.settle.benchmark.growth;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;

final class Resilience4jCrowds {

    private Resilience4jCrowds() {}

    /** The registry is what there is for keys; nothing removes them but the application. */
    static Crowd bulkheadKeys() {
        BulkheadRegistry registry = BulkheadRegistry.ofDefaults();
        return new Crowd() {

            @Override
            public Object enter(int number) {
                String key = "key-" + number;
                registry.bulkhead(key).tryAcquirePermission();
                return key;
            }

            @Override
            public void leave(Object entry) {
                registry.remove((String) entry);
            }
        };
    }

    static Crowd rateLimiterKeys() {
        RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
        return new Crowd() {

            @Override
            public Object enter(int number) {
                String key = "key-" + number;
                registry.rateLimiter(key).acquirePermission();
                return key;
            }

            @Override
            public void leave(Object entry) {
                registry.remove((String) entry);
            }
        };
    }
}
