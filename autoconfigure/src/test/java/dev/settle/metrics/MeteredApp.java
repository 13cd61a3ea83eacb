package dev.settle.metrics;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.SettleMetricsAutoConfiguration;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.HandWork;
import dev.settle.test.VirtualTime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application that is measured, in virtual time. */
final class MeteredApp {

    private MeteredApp() {}

    static ApplicationContextRunner runner(VirtualTime time, HandWork work) {
        return Startup.runner(time)
                .withConfiguration(AutoConfigurations.of(SettleMetricsAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(HandWork.class, () -> work)
                .withBean("shop", Shop.class);
    }

    /** Work that a test ends by hand. */
    static class Shop {

        private final HandWork work;

        Shop(HandWork work) {
            this.work = work;
        }

        @Retry(maxRetries = 2, delay = "1s", jitter = Retry.Jitter.NONE, multiplier = 1)
        @Timeout("10s")
        @Timeout(value = "25s", scope = Timeout.Scope.TOTAL)
        public CompletableFuture<String> price(String name) {
            return this.work.start(name);
        }

        @Timeout(value = "10s", cancel = false)
        public CompletableFuture<String> stubborn(String name) {
            return this.work.startStubborn(name);
        }

        @Bulkhead(value = 1, maxWait = "5s", queueCapacity = 1)
        public CompletableFuture<String> book(String name) {
            return this.work.start(name);
        }

        @Bulkhead(value = 1, key = "#name", maxKeys = 1)
        public CompletableFuture<String> seat(String name) {
            return this.work.start(name);
        }

        @Throttle(limit = 1, window = "1m", excess = Throttle.Excess.REJECT)
        public CompletableFuture<String> limited(String name) {
            return this.work.startAndEnd(name);
        }

        @Throttle(limit = 1, window = "10s", excess = Throttle.Excess.SHARE)
        public CompletableFuture<String> shared(String name) {
            return this.work.startAndEnd(name);
        }

        @Debounce("1s")
        public CompletableFuture<String> search(String name) {
            return this.work.startAndEnd(name);
        }

        @Debounce(value = "1s", superseded = Debounce.Superseded.CANCEL)
        public CompletableFuture<String> suggest(String name) {
            return this.work.startAndEnd(name);
        }

        @Exclusive(onConflict = OnConflict.REJECT)
        public CompletableFuture<String> reject(String name) {
            return this.work.start(name);
        }

        @Exclusive(onConflict = OnConflict.JOIN)
        public CompletableFuture<String> join(String name) {
            return this.work.start(name);
        }

        @Exclusive(onConflict = OnConflict.REPLACE)
        public CompletableFuture<String> replace(String name) {
            return this.work.start(name);
        }

        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        @Throttle(limit = 2, window = "10s")
        @Exclusive
        @Bulkhead(1)
        public CompletableFuture<String> everything(String name) {
            return this.work.start(name);
        }
    }
}
