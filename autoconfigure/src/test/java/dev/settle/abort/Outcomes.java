package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReport.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How tests look at futures and reports. Waiting is for other threads only, and bounded. */
final class Outcomes {

    private Outcomes() {}

    /** The report of a settlement that must be over by now. */
    static AbortReport settled(CompletableFuture<AbortReport> settlement) {
        assertThat(settlement).isCompleted();
        return settlement.join();
    }

    /** The result of something that another thread brings to its end. */
    static <T> T await(Future<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** Until another thread has brought the condition about. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("nanoseconds after the last moment")
                    .isNegative();
            Thread.yield();
        }
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).as("the latch opened").isTrue();
    }

    static AbortReport.Entry entry(AbortReport report, String name) {
        return report.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .reduce((one, other) -> {
                    throw new AssertionError("Two entries '" + name + "' in " + report);
                })
                .orElseThrow(() -> new AssertionError("No entry '" + name + "' in " + report));
    }

    static Outcome outcome(AbortReport report, String name) {
        return entry(report, name).outcome();
    }

    /** What the future failed with, without the wrappers that {@code get} and {@code join} add. */
    static Throwable failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        return future.handle((value, failure) -> failure).join();
    }

    /** As code does that takes no notice of an interrupt. */
    static void awaitDeaf(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException ex) {
                // Deaf.
            }
        }
    }
}
