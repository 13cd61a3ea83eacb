package dev.settle.advice;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.core.Results;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Synchronous methods, one for each thing that a call may wait for on its caller's thread. */
class Waits {

    private final AtomicInteger failures = new AtomicInteger(1);

    private final AtomicInteger entered = new AtomicInteger();

    /** How many calls have come as far as the method. */
    int entered() {
        return this.entered.get();
    }

    private String await(CompletableFuture<?> until) {
        this.entered.incrementAndGet();
        try {
            Results.await(until);
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
        return "7.30";
    }

    @Bulkhead(1)
    public String permitted(CompletableFuture<?> until) {
        return await(until);
    }

    @Exclusive
    public String alone(CompletableFuture<?> until) {
        return await(until);
    }

    @Exclusive(onConflict = Exclusive.OnConflict.JOIN)
    public String joined(CompletableFuture<?> until) {
        return await(until);
    }

    @Throttle(window = "10ms")
    public String throttled() {
        this.entered.incrementAndGet();
        return "7.30";
    }

    @Debounce("10ms")
    public String debounced() {
        return "7.30";
    }

    @Retry(delay = "10ms")
    public String flaky() {
        if (this.failures.getAndDecrement() > 0) {
            throw new IllegalStateException("reset");
        }
        return "7.30";
    }

    @Timeout("10ms")
    public String hanging() throws InterruptedException {
        new CountDownLatch(1).await();
        return "7.30";
    }

    /** All six at once. */
    @Debounce("10ms")
    @Timeout(value = "1m", scope = Timeout.Scope.TOTAL)
    @Retry(delay = "10ms")
    @Throttle(limit = 100, window = "10ms")
    @Exclusive
    @Bulkhead(1)
    public String all() {
        return "7.30";
    }

    /** What a call may wait for. */
    enum Wait {
        PERMIT(true, false, Waits::permitted),
        LOCK(true, false, Waits::alone),
        SHARED_RUN(true, false, Waits::joined),
        RATE(true, true, (waits, until) -> waits.throttled()),
        PAUSE(false, true, (waits, until) -> waits.debounced()),
        RETRY(false, true, (waits, until) -> waits.flaky());

        private final boolean needsAnother;
        private final boolean needsTime;
        private final BiConsumer<Waits, CompletableFuture<?>> call;

        Wait(boolean needsAnother, boolean needsTime, BiConsumer<Waits, CompletableFuture<?>> call) {
            this.needsAnother = needsAnother;
            this.needsTime = needsTime;
            this.call = call;
        }

        /** Whether it waits only when another call has come first. */
        boolean needsAnother() {
            return this.needsAnother;
        }

        /** Whether it is time that ends it; the others would only run into their bounds. */
        boolean needsTime() {
            return this.needsTime;
        }

        /** @param until when the method ends, if this is for what another call holds */
        void call(Waits waits, CompletableFuture<?> until) {
            this.call.accept(waits, until);
        }
    }
}
