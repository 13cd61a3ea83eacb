package dev.settle.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.policy.bulkhead.AsyncSemaphore.Permit;
import dev.settle.policy.exclusive.KeyedMutex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand in line, each of whom lets the next in: on a small stack, and with as many hand-overs as there are
 * waiters.
 */
class LongLineStressTests {

    private static final int WAITERS = 100_000;
    private static final long SMALL_STACK = 512 * 1024;
    private static final WaitBounds BOUNDS = new WaitBounds(Duration.ofHours(1), WAITERS);

    private final CountingTime time = new CountingTime();
    private final List<CompletableFuture<?>> waiting = new ArrayList<>();
    private int ran;

    private static void onSmallStack(Runnable task) throws Exception {
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        new Thread(null, () -> ended.complete(catchThrowable(task::run)), "small stack", SMALL_STACK).start();
        assertThat(ended.get(60, TimeUnit.SECONDS)).isNull();
    }

    private CompletableFuture<Void> work() {
        this.ran++;
        return CompletableFuture.completedFuture(null);
    }

    private void assertAllRan() {
        assertThat(this.ran).isEqualTo(WAITERS);
        assertThat(this.waiting).hasSize(WAITERS).allMatch(CompletableFuture::isDone);
        assertThat(this.waiting).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(this.time.pending()).as("timers").isZero();
    }

    @Test
    void permitsAcquiredByHandAreHandedOnWithoutAnybodyInBetween() throws Exception {
        AsyncSemaphore semaphore = AsyncSemaphore.of(1, BOUNDS, this.time);
        Permit held = Results.await(semaphore.acquire());
        for (int i = 0; i < WAITERS; i++) {
            this.waiting.add(semaphore.acquire().thenAccept(permit -> {
                this.ran++;
                permit.close();
            }));
        }

        onSmallStack(held::close);

        assertAllRan();
        assertThat(semaphore.free()).isEqualTo(1);
        assertThat(this.time.executed()).as("hand-overs").isZero();
        assertThat(this.time.scheduled()).as("timers armed").isZero();
    }

    @Test
    void callsOfASemaphoreAreHandedOverOnceEach() throws Exception {
        AsyncSemaphore semaphore = AsyncSemaphore.of(1, BOUNDS, this.time);
        CompletableFuture<Void> held = new CompletableFuture<>();
        semaphore.call(() -> held);
        for (int i = 0; i < WAITERS; i++) {
            this.waiting.add(semaphore.call(this::work));
        }

        onSmallStack(() -> held.complete(null));

        assertAllRan();
        assertThat(semaphore.free()).isEqualTo(1);
        assertThat(this.time.executed()).as("hand-overs").isEqualTo(WAITERS);
        assertThat(this.time.scheduled()).as("timers armed").isEqualTo(WAITERS);
    }

    @Test
    void callsOfAMutexAreHandedOverOnceEach() throws Exception {
        KeyedMutex<String> mutex = KeyedMutex.create(BOUNDS, this.time);
        CompletableFuture<Void> held = new CompletableFuture<>();
        mutex.call("key", () -> held);
        for (int i = 0; i < WAITERS; i++) {
            this.waiting.add(mutex.call("key", this::work));
        }

        onSmallStack(() -> held.complete(null));

        assertAllRan();
        assertThat(mutex.keys()).isZero();
        assertThat(this.time.executed()).as("hand-overs").isEqualTo(WAITERS);
        assertThat(this.time.scheduled()).as("timers armed").isEqualTo(WAITERS);
    }

    @Test
    void waitersThatAllLeaveAreTakenOutOneByOne() throws Exception {
        AsyncSemaphore semaphore = AsyncSemaphore.of(1, BOUNDS, this.time);
        Permit held = Results.await(semaphore.acquire());
        for (int i = 0; i < WAITERS; i++) {
            this.waiting.add(semaphore.acquire(Duration.ofHours(1)));
        }

        onSmallStack(() -> this.waiting.forEach(waiter -> waiter.cancel(false)));
        held.close();

        assertThat(this.waiting).allMatch(CompletableFuture::isCancelled);
        assertThat(semaphore.waiting()).isZero();
        assertThat(semaphore.free()).isEqualTo(1);
        assertThat(this.time.pending()).as("timers").isZero();
    }

    @Test
    void closingTellsThemAll() throws Exception {
        AsyncSemaphore semaphore = AsyncSemaphore.of(1, BOUNDS, this.time);
        semaphore.call(() -> new CompletableFuture<Void>());
        for (int i = 0; i < WAITERS; i++) {
            this.waiting.add(semaphore.call(this::work));
        }

        onSmallStack(semaphore::close);

        assertThat(this.waiting).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(this.ran).isZero();
        assertThat(this.time.pending()).as("timers").isZero();
    }
}
