package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How tests look at futures. Waiting is for what other threads do, and bounded. */
public final class Results {

    private static final long PATIENCE = 30;

    private Results() {}

    /** What a future that must have settled by now failed with, without the wrappers of {@code get} and {@code join}. */
    public static Throwable failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        return future.handle((value, failure) -> failure).join();
    }

    /** What a future that another thread settles fails with. */
    public static Throwable awaitFailure(CompletableFuture<?> future) throws Exception {
        Throwable failure = future.<Throwable>handle((value, thrown) -> thrown).get(PATIENCE, TimeUnit.SECONDS);
        assertThat(failure).as("the failure of %s", future).isNotNull();
        return failure;
    }

    /** The value of a future that another thread settles. */
    public static <T> T await(Future<T> future) throws Exception {
        return future.get(PATIENCE, TimeUnit.SECONDS);
    }

    public static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(PATIENCE, TimeUnit.SECONDS))
                .as("the latch opened")
                .isTrue();
    }

    /** Until another thread has got there. */
    public static void until(BooleanSupplier there) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime() - patience).as("patience").isNegative();
            Thread.onSpinWait();
        }
    }
}
