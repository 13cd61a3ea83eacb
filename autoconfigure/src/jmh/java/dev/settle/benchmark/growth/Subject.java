package dev.settle.benchmark.growth;

import dev.settle.benchmark.process.Library;
import java.util.function.Supplier;

/**
 * What grows. Lambdas, not method references: what is not on the class path of a process must not be resolved in it.
 */
enum Subject {
    TIMERS("timers", "Settle TimeSource", Library.SETTLE, () -> SettleCrowds.timers()),
    SCHEDULER("timers", "ScheduledThreadPoolExecutor, removing", Library.NONE, () -> PeerCrowds.scheduler()),
    TIMEOUTS("calls with a timeout", "Settle TimeoutPolicy", Library.SETTLE, () -> SettleCrowds.timeouts()),
    OR_TIMEOUT("calls with a timeout", "CompletableFuture.orTimeout", Library.NONE, () -> PeerCrowds.orTimeout()),
    SEMAPHORE("waiters of a semaphore", "Settle AsyncSemaphore", Library.SETTLE, () -> SettleCrowds.semaphore()),
    THROTTLE("waiters of a throttle", "Settle ThrottlePolicy", Library.SETTLE, () -> SettleCrowds.throttle()),
    MUTEX("waiters of an exclusive key", "Settle KeyedMutex", Library.SETTLE, () -> SettleCrowds.lockedKey()),
    BULKHEAD_KEYS("keys of a bulkhead", "Settle @Bulkhead", Library.SETTLE, () -> SettleCrowds.bulkheadKeys()),
    BULKHEADS(
            "keys of a bulkhead",
            "Resilience4j's registry",
            Library.RESILIENCE4J,
            () -> Resilience4jCrowds.bulkheadKeys()),
    EXCLUSIVE_KEYS("exclusive keys", "Settle @Exclusive", Library.SETTLE, () -> SettleCrowds.exclusiveKeys()),
    THROTTLE_KEYS("keys of a throttle", "Settle @Throttle", Library.SETTLE, () -> SettleCrowds.throttleKeys()),
    RATE_LIMITERS(
            "keys of a throttle",
            "Resilience4j's registry",
            Library.RESILIENCE4J,
            () -> Resilience4jCrowds.rateLimiterKeys()),
    DEBOUNCE_KEYS("keys of a debounce", "Settle @Debounce", Library.SETTLE, () -> SettleCrowds.debounceKeys());

    private final String entries;
    private final String title;
    private final Library library;
    private final Supplier<Crowd> crowd;

    Subject(String entries, String title, Library library, Supplier<Crowd> crowd) {
        this.entries = entries;
        this.title = title;
        this.library = library;
        this.crowd = crowd;
    }

    String entries() {
        return this.entries;
    }

    String title() {
        return this.title;
    }

    Library library() {
        return this.library;
    }

    Crowd crowd() {
        return this.crowd.get();
    }
}
