package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Race;
import dev.settle.core.Caller;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many at once: nobody is lost, and never more run than there are permits. */
class BulkheadStressTests {

    private static final int LIMIT = 5;
    private static final long SMALL_STACK = 512 * 1024;

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger ran = new AtomicInteger();

    private void entered() {
        this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max);
        this.ran.incrementAndGet();
    }

    /** Work of a thread of its own. */
    private CompletableFuture<Void> elsewhere() {
        entered();
        return CompletableFuture.runAsync(() -> {
            Thread.yield();
            this.running.decrementAndGet();
        });
    }

    private void assertAllRan(int expected, AsyncSemaphore semaphore) {
        assertThat(this.ran).hasValue(expected);
        assertThat(this.most.get()).isBetween(1, LIMIT);
        assertThat(semaphore.free()).isEqualTo(LIMIT);
        assertThat(semaphore.waiting()).isZero();
    }

    @Test
    void aThousandCallsFromManyThreadsNeverExceedTheLimitAndNoneIsStuck() throws Exception {
        int threads = 20;
        int callsEach = 50;
        for (int round = 1; round <= 20; round++) {
            AsyncSemaphore semaphore = AsyncSemaphore.of(LIMIT);
            List<Caller> callers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                callers.add(new Caller("caller " + i, () -> {
                    List<CompletableFuture<Void>> calls = new ArrayList<>();
                    for (int call = 0; call < callsEach; call++) {
                        calls.add(semaphore.call(this::elsewhere));
                    }
                    return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
                }));
            }
            for (Caller caller : callers) {
                Results.await((CompletableFuture<?>) caller.value());
            }
            assertAllRan(round * threads * callsEach, semaphore);
        }
    }

    @Test
    void aThousandBlockingCallsFromManyThreadsNeverExceedTheLimitAndNoneIsStuck() throws Exception {
        int threads = 20;
        int callsEach = 50;
        AsyncSemaphore semaphore = AsyncSemaphore.of(LIMIT);
        PlannedMethod method = PlannedMethod.with(semaphore);
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            callers.add(new Caller("caller " + i, () -> {
                for (int call = 0; call < callsEach; call++) {
                    method.call(() -> {
                        entered();
                        Thread.yield();
                        return this.running.decrementAndGet();
                    });
                }
                return "done";
            }));
        }
        for (Caller caller : callers) {
            assertThat(caller.value()).isEqualTo("done");
        }
        assertAllRan(threads * callsEach, semaphore);
    }

    @Test
    void aHundredThousandWaitersWhoseWorkIsDoneAtOnceDrainOnASmallStack() throws Exception {
        VirtualTime time = new VirtualTime();

        drain(time);

        assertThat(time.pending()).isZero();
    }

    @Test
    void aHundredThousandWaitersDrainOnWorkers() throws Exception {
        drain(TimeSource.system());
    }

    private void drain(TimeSource time) throws Exception {
        int waiters = 100_000;
        AsyncSemaphore semaphore = AsyncSemaphore.of(1, new WaitBounds(Duration.ofDays(1), Integer.MAX_VALUE), time);
        CompletableFuture<String> first = new CompletableFuture<>();
        semaphore.call(() -> first);
        List<CompletableFuture<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < waiters; i++) {
            calls.add(semaphore.call(() -> CompletableFuture.completedFuture(this.ran.incrementAndGet())));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
        CompletableFuture<Boolean> released = new CompletableFuture<>();

        new Thread(null, () -> released.complete(first.complete("done")), "small stack", SMALL_STACK).start();

        assertThat(Results.await(released)).isTrue();
        Results.await(all);
        assertThat(this.ran).hasValue(waiters);
        for (int i = 0; i < waiters; i++) {
            assertThat(calls.get(i).join()).isEqualTo(i + 1);
        }
        assertThat(semaphore.free()).isOne();
    }

    @Test
    void aGrantAgainstACancelHasOneWinnerAndNoPermitIsLost() throws Exception {
        try (Race race = new Race()) {
            race.repeat(5_000, () -> {
                VirtualTime time = new VirtualTime();
                AsyncSemaphore one = AsyncSemaphore.of(1, WaitBounds.DEFAULT, time);
                CompletableFuture<String> holder = new CompletableFuture<>();
                one.call(() -> holder);
                CompletableFuture<String> waiting = one.call(() -> CompletableFuture.completedFuture("ran"));
                CompletableFuture<String> next = one.call(() -> CompletableFuture.completedFuture("next"));
                return Race.between(() -> holder.complete("done"), () -> waiting.cancel(true))
                        .then(() -> {
                            assertThat(waiting).isDone();
                            assertThat(next).isCompletedWithValue("next");
                            assertThat(one.free()).isOne();
                            assertThat(one.waiting()).isZero();
                            assertThat(time.pending()).isZero();
                        });
            });
        }
    }

    @Test
    void aGrantAgainstTheEndOfTheWaitHasOneWinnerAndNoPermitIsLost() throws Exception {
        try (Race race = new Race()) {
            race.repeat(5_000, () -> {
                VirtualTime time = new VirtualTime();
                Duration wait = Duration.ofMillis(20);
                AsyncSemaphore one = AsyncSemaphore.of(1, new WaitBounds(wait, 10), time);
                AsyncSemaphore.Permit held = one.tryAcquire().orElseThrow();
                CompletableFuture<String> waiting = one.call(() -> CompletableFuture.completedFuture("ran"));
                CompletableFuture<AsyncSemaphore.Permit> byHand = one.acquire(wait);
                byHand.thenAccept(AsyncSemaphore.Permit::close);
                return Race.between(held::close, () -> time.advance(wait)).then(() -> {
                    assertThat(waiting).isDone();
                    assertThat(byHand).isDone();
                    assertThat(one.free()).isOne();
                    assertThat(one.waiting()).isZero();
                    assertThat(time.pending()).isZero();
                });
            });
        }
    }

    @Test
    void closingAgainstComingAndGoingLeavesNobodyPending() throws Exception {
        try (Race race = new Race()) {
            race.repeat(5_000, () -> {
                VirtualTime time = new VirtualTime();
                AsyncSemaphore one = AsyncSemaphore.of(1, WaitBounds.DEFAULT, time);
                CompletableFuture<String> holder = new CompletableFuture<>();
                one.call(() -> holder);
                List<CompletableFuture<String>> calls = new ArrayList<>();
                calls.add(one.call(() -> CompletableFuture.completedFuture("waited")));
                return Race.between(
                                one::close,
                                () -> holder.complete("done"),
                                () -> calls.add(one.call(() -> CompletableFuture.completedFuture("came"))))
                        .then(() -> {
                            assertThat(calls).hasSize(2).allMatch(CompletableFuture::isDone);
                            assertThat(one.free()).isOne();
                            assertThat(time.pending()).isZero();
                        });
            });
        }
    }

    @Test
    void resizingAgainstComingAndGoingLosesNoPermit() throws Exception {
        try (Race race = new Race()) {
            race.repeat(5_000, () -> {
                AsyncSemaphore semaphore = AsyncSemaphore.of(2, WaitBounds.DEFAULT, new VirtualTime());
                CompletableFuture<String> holder = new CompletableFuture<>();
                semaphore.call(() -> holder);
                List<CompletableFuture<String>> calls = new ArrayList<>();
                return Race.between(
                                () -> {
                                    semaphore.resize(1);
                                    semaphore.resize(3);
                                },
                                () -> holder.complete("done"),
                                () -> calls.add(semaphore.call(() -> CompletableFuture.completedFuture("came"))))
                        .then(() -> {
                            assertThat(calls.get(0)).isCompletedWithValue("came");
                            assertThat(semaphore.free()).isEqualTo(3);
                            assertThat(semaphore.waiting()).isZero();
                        });
            });
        }
    }
}
