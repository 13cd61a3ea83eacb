package dev.settle.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** How tests wait for other threads: bounded. */
final class Waits {

    private static final int SECONDS = 20;

    private Waits() {}

    /** The result of something that another thread brings to its end. */
    static <T> T result(Future<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (Exception ex) {
            throw new AssertionError("Never came", ex);
        }
    }

    /** The future is not done, and does not get done soon. */
    static void assertStaysOpen(Future<?> future) {
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(30, TimeUnit.MILLISECONDS));
    }

    /** Until another thread has got there. */
    static void until(BooleanSupplier there) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime() - patience).as("patience").isNegative();
            Thread.onSpinWait();
        }
    }

    static void open(CountDownLatch latch) {
        try {
            assertThat(latch.await(SECONDS, TimeUnit.SECONDS))
                    .as("the latch opened")
                    .isTrue();
        } catch (InterruptedException ex) {
            throw new AssertionError("Interrupted while waiting", ex);
        }
    }

    /** What the future fails with, without the wrappers that {@code get} and {@code join} add. */
    static Throwable failure(CompletableFuture<?> future) {
        return result(future.handle((value, failure) -> {
            assertThat(failure).as("the failure").isNotNull();
            return failure;
        }));
    }
}
