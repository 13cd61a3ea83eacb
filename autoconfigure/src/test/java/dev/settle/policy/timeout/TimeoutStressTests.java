package dev.settle.policy.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.settle.CallTimeoutException;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The deadline against the end of the work, many times over. */
class TimeoutStressTests {

    private static final int ROUNDS = 10_000;

    /** The two who race start together and are a few microseconds apart at the end. */
    private static final class StartLine {

        private final AtomicInteger there = new AtomicInteger();

        void leave() {
            this.there.incrementAndGet();
            while (this.there.get() < 2) {
                Thread.yield();
            }
            long until = System.nanoTime() + ThreadLocalRandom.current().nextInt(20_000);
            while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** Platform threads everywhere, virtual ones where the JDK has them; by reflection, for the tests run on 17 too. */
    static Stream<ThreadFactory> threads() throws ReflectiveOperationException {
        Stream<ThreadFactory> platform = Stream.of(named("platform", Thread::new));
        if (Runtime.version().feature() < 21) {
            return platform;
        }
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        ThreadFactory virtual = (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        return Stream.concat(platform, Stream.of(named("virtual", virtual)));
    }

    private static ThreadFactory named(String name, ThreadFactory threads) {
        return new ThreadFactory() {
            @Override
            public Thread newThread(Runnable task) {
                return threads.newThread(task);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }

    /** A clock whose timers fall due on another thread at the moment the method says so. */
    private static final class Racing implements TimeSource {

        private final VirtualTime time = new VirtualTime();
        private final Executor racer;

        Racing(Executor racer) {
            this.racer = racer;
        }

        void againstTheDeadline() {
            StartLine line = new StartLine();
            this.racer.execute(() -> {
                line.leave();
                this.time.advance(Duration.ofSeconds(1));
            });
            line.leave();
        }

        @Override
        public long nanoTime() {
            return this.time.nanoTime();
        }

        @Override
        public Timer schedule(long delayNanos, Runnable task) {
            return this.time.schedule(delayNanos, task);
        }

        @Override
        public int pending() {
            return this.time.pending();
        }
    }

    @ParameterizedTest
    @MethodSource("threads")
    void noInterruptReachesTheNextTaskOnTheThread(ThreadFactory threads) throws Exception {
        ExecutorService worker = Executors.newSingleThreadExecutor(threads);
        ExecutorService racer = Executors.newSingleThreadExecutor();
        AtomicInteger timeouts = new AtomicInteger();
        try {
            List<Future<Boolean>> interrupted = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                Racing time = new Racing(racer);
                PlannedMethod method = PlannedMethod.with(TimeoutPolicy.of(Duration.ofSeconds(1), true, time));
                interrupted.add(worker.submit(() -> race(method, time, timeouts), false));
                interrupted.add(worker.submit(Thread::interrupted));
                // An interrupt that came late would be seen here: the deadline is over when the next round starts.
                interrupted.add(worker.submit(() -> {
                    Results.await(racer.submit(() -> {}));
                    assertThat(time.pending()).isZero();
                    return Thread.interrupted();
                }));
            }
            for (Future<Boolean> next : interrupted) {
                assertThat(Results.await(next)).isFalse();
            }
        } finally {
            worker.shutdownNow();
            racer.shutdownNow();
        }
        assertThat(timeouts).as("both ends won now and then").hasValueBetween(1, ROUNDS - 1);
    }

    private static void race(PlannedMethod method, Racing time, AtomicInteger timeouts) {
        try {
            Object value = method.call(() -> {
                time.againstTheDeadline();
                return "7.30";
            });
            assertThat(value).isEqualTo("7.30");
        } catch (CallTimeoutException ex) {
            timeouts.incrementAndGet();
        } catch (Throwable ex) {
            fail("neither value nor timeout", ex);
        }
    }

    @Test
    void theRealTimerLeavesNoInterruptEither() throws Exception {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 2_000; round++) {
                Duration limit =
                        Duration.ofNanos(1 + ThreadLocalRandom.current().nextInt(200_000));
                PlannedMethod method = PlannedMethod.with(TimeoutPolicy.of(limit));
                Future<?> call = worker.submit(() -> {
                    try {
                        method.call(() -> {
                            long until = System.nanoTime()
                                    + ThreadLocalRandom.current().nextInt(200_000);
                            while (System.nanoTime() - until < 0) {
                                Thread.onSpinWait();
                            }
                            return "7.30";
                        });
                    } catch (CallTimeoutException expected) {
                        // Either end may win.
                    } catch (Throwable ex) {
                        fail("neither value nor timeout", ex);
                    }
                });

                Results.await(call);
                assertThat(Results.await(worker.submit(Thread::interrupted)))
                        .as("round %d", round)
                        .isFalse();
            }
        } finally {
            worker.shutdownNow();
        }
    }

    @Test
    void theResultAgainstTheDeadlineHasOneWinnerAndLeavesNoTimer() throws Exception {
        ExecutorService racer = Executors.newSingleThreadExecutor();
        AtomicInteger timeouts = new AtomicInteger();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                VirtualTime time = new VirtualTime();
                CompletableFuture<String> work = new CompletableFuture<>();
                AtomicInteger settled = new AtomicInteger();
                CompletableFuture<String> call =
                        TimeoutPolicy.of(Duration.ofSeconds(1), true, time).call(() -> work);
                call.whenComplete((value, failure) -> settled.incrementAndGet());

                StartLine line = new StartLine();
                Future<?> deadline = racer.submit(() -> {
                    line.leave();
                    time.advance(Duration.ofSeconds(1));
                });
                line.leave();
                boolean completed = work.complete("7.30");
                Results.await(deadline);

                assertThat(call).isDone();
                assertThat(settled).hasValue(1);
                assertThat(time.pending()).isZero();
                if (call.isCompletedExceptionally()) {
                    assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
                    timeouts.incrementAndGet();
                } else {
                    assertThat(completed).isTrue();
                }
            }
        } finally {
            racer.shutdownNow();
        }
        assertThat(timeouts).as("both ends won now and then").hasValueBetween(1, ROUNDS - 1);
    }
}
