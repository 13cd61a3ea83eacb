package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.Registration;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A million finished calls leave no timer, no listener and nothing in flight. */
class FinishedCallsStressTests {

    private static final int ROUNDS = 50_000;

    private static final RuntimeException NO_PRICE = new IllegalArgumentException("no price");

    private static final CompletableFuture<String> DONE = CompletableFuture.completedFuture("7.30");

    private static final CompletableFuture<String> FAILED = CompletableFuture.failedFuture(NO_PRICE);

    static class Prices {

        @Retry(excludes = IllegalArgumentException.class, delay = "0s")
        @Timeout("10m")
        @Timeout(value = "20m", scope = Timeout.Scope.TOTAL)
        public CompletableFuture<String> find(CompletableFuture<String> work, AbortSignal signal) {
            return work;
        }

        @Retry(excludes = IllegalArgumentException.class)
        @Timeout("10m")
        public String findNow(String price, AbortSignal signal) {
            if (price == null) {
                throw NO_PRICE;
            }
            return price;
        }
    }

    /** A long-lived signal that knows how many listen to it. */
    private static final class Counting implements AbortSignal {

        private final AtomicInteger listeners = new AtomicInteger();

        @Override
        public boolean aborted() {
            return false;
        }

        @Override
        public Optional<AbortReason> reason() {
            return Optional.empty();
        }

        @Override
        public void throwIfAborted() {}

        @Override
        public Optional<Duration> remaining() {
            return Optional.empty();
        }

        @Override
        public Registration onAbort(Consumer<? super AbortReason> listener) {
            this.listeners.incrementAndGet();
            AtomicBoolean there = new AtomicBoolean(true);
            return () -> {
                boolean removed = there.getAndSet(false);
                if (removed) {
                    this.listeners.decrementAndGet();
                }
                return removed;
            };
        }
    }

    @Test
    void aMillionFinishedCallsLeaveNothing() {
        Startup.runner().withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            AsyncAbortController controller = context.getBean(AsyncAbortController.class);
            Counting passed = new Counting();
            // It is always the first, so that the timer's thread sleeps on while the others come and go.
            TimeSource.Timer first =
                    TimeSource.system().schedule(Duration.ofMinutes(5).toNanos(), () -> {});
            int before = TimeSource.system().pending();

            for (int i = 0; i < ROUNDS; i++) {
                twentyCalls(prices, passed);
            }
            first.cancel();

            assertThat(TimeSource.system().pending()).as("timers").isLessThan(before);
            assertThat(controller.inFlight().size()).as("calls in flight").isZero();
            assertThat(passed.listeners).as("listeners").hasValue(0);
        });
    }

    /** Of each twenty calls most have their value at once, as in life; the others end in every way there is. */
    private static void twentyCalls(Prices prices, Counting passed) {
        for (int i = 0; i < 6; i++) {
            prices.find(DONE, null);
            prices.find(DONE, passed);
        }
        CompletableFuture<String> pending = new CompletableFuture<>();
        CompletableFuture<String> failing = new CompletableFuture<>();
        List<CompletableFuture<String>> calls = List.of(
                prices.find(FAILED, passed),
                prices.find(pending, null),
                prices.find(pending, passed),
                prices.find(failing, passed),
                prices.find(new CompletableFuture<>(), passed));
        pending.complete("7.30");
        failing.completeExceptionally(NO_PRICE);
        calls.get(4).cancel(true);
        if (!calls.stream().allMatch(CompletableFuture::isDone)) {
            throw new AssertionError("A call has not settled: " + calls);
        }
        prices.findNow("7.30", null);
        prices.findNow("7.30", passed);
        assertThat(catchThrowable(() -> prices.findNow(null, passed))).isSameAs(NO_PRICE);
    }

    @Test
    void callsThatWereRetriedLeaveNothing() {
        Startup.runner().withBean(Flaky.class).run(context -> {
            Flaky prices = context.getBean(Flaky.class);
            AsyncAbortController controller = context.getBean(AsyncAbortController.class);
            int before = TimeSource.system().pending();

            for (int i = 0; i < 10_000; i++) {
                assertThat(Results.await(prices.find(new AtomicInteger()))).isEqualTo("7.30");
            }

            assertThat(TimeSource.system().pending()).as("timers").isLessThanOrEqualTo(before);
            assertThat(controller.inFlight().idle()).as("calls in flight").succeedsWithin(Duration.ofSeconds(30));
        });
    }

    static class Flaky {
        @Retry(delay = "0s")
        @Timeout("10m")
        public CompletableFuture<String> find(AtomicInteger attempts) {
            return (attempts.incrementAndGet() == 1)
                    ? CompletableFuture.failedFuture(new IllegalStateException("reset"))
                    : CompletableFuture.completedFuture("7.30");
        }
    }
}
