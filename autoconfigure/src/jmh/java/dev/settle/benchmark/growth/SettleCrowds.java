package dev.settle.benchmark.growth;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Throttle;
import dev.settle.benchmark.process.Applications;
import dev.settle.core.Policy;
import dev.settle.core.WaitBounds;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.policy.exclusive.KeyedMutex;
import dev.settle.policy.throttle.ThrottlePolicy;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

final class SettleCrowds {

    private static final Duration AGES = Duration.ofDays(100 * 365);

    private SettleCrowds() {}

    static Crowd timers() {
        return new Crowd() {

            @Override
            public Object enter(int number) {
                return TimeSource.system().schedule(TimeUnit.HOURS.toNanos(1) + number, SettleCrowds::nothing);
            }

            @Override
            public void leave(Object entry) {
                ((TimeSource.Timer) entry).cancel();
            }
        };
    }

    private static void nothing() {}

    /** A call that is waited for under a time limit. */
    static Crowd timeouts() {
        Policy timeout = TimeoutPolicy.of(Duration.ofHours(1));
        return done((key, work) -> timeout.call(() -> work));
    }

    static Crowd semaphore() {
        AsyncSemaphore semaphore = AsyncSemaphore.of(1);
        semaphore.call(CompletableFuture::new);
        return cancelled(number -> semaphore.call(CompletableFuture::new));
    }

    static Crowd throttle() {
        Policy throttle = ThrottlePolicy.sliding(1, Duration.ofMinutes(10))
                .maxWait(AGES)
                .queueCapacity(Integer.MAX_VALUE)
                .build();
        throttle.call(() -> CompletableFuture.completedFuture("first"));
        return cancelled(number -> throttle.call(CompletableFuture::new));
    }

    static Crowd lockedKey() {
        KeyedMutex<String> mutex = KeyedMutex.create(new WaitBounds(AGES, Integer.MAX_VALUE));
        mutex.call("key", CompletableFuture::new);
        return cancelled(number -> mutex.call("key", CompletableFuture::new));
    }

    static Crowd bulkheadKeys() {
        Service service = service();
        return done((key, work) -> service.limited(key, work));
    }

    static Crowd exclusiveKeys() {
        Service service = service();
        return done((key, work) -> service.locked(key, work));
    }

    /** The keys of a throttle stay until their starts are forgotten, even when their calls have ended. */
    static Crowd throttleKeys() {
        Service service = service();
        return new Crowd() {

            @Override
            public Object enter(int number) {
                return service.spaced("key-" + number);
            }

            @Override
            public void leave(Object entry) {}

            @Override
            public boolean leaves() {
                return false;
            }
        };
    }

    static Crowd debounceKeys() {
        Service service = service();
        return cancelled(number -> service.collected("key-" + number));
    }

    private static Service service() {
        return Applications.start(List.of(Service.class)).getBean(Service.class);
    }

    /** Whose work ends. */
    private static Crowd done(BiConsumer<String, CompletableFuture<String>> caller) {
        return new Crowd() {

            @Override
            public Object enter(int number) {
                CompletableFuture<String> work = new CompletableFuture<>();
                caller.accept("key-" + number, work);
                return work;
            }

            @Override
            @SuppressWarnings("unchecked") // its own
            public void leave(Object entry) {
                ((CompletableFuture<String>) entry).complete("done");
            }
        };
    }

    /** Who waits, and gives up. */
    private static Crowd cancelled(IntFunction<CompletableFuture<?>> caller) {
        return new Crowd() {

            @Override
            public Object enter(int number) {
                return caller.apply(number);
            }

            @Override
            public void leave(Object entry) {
                ((CompletableFuture<?>) entry).cancel(false);
            }
        };
    }

    static class Service {

        @Bulkhead(value = 1, key = "#key", maxKeys = Integer.MAX_VALUE)
        CompletableFuture<String> limited(String key, CompletableFuture<String> work) {
            return work;
        }

        @Exclusive(key = "#key", maxKeys = Integer.MAX_VALUE)
        CompletableFuture<String> locked(String key, CompletableFuture<String> work) {
            return work;
        }

        @Throttle(limit = 1, window = "1h", key = "#key", maxKeys = Integer.MAX_VALUE)
        CompletableFuture<String> spaced(String key) {
            return CompletableFuture.completedFuture(key);
        }

        @Debounce(value = "1h", key = "#key", maxKeys = Integer.MAX_VALUE)
        CompletableFuture<String> collected(String key) {
            return new CompletableFuture<>();
        }
    }
}
