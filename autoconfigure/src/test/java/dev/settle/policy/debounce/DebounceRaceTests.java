package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Race;
import dev.settle.annotation.Debounce.Running;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers, timers, flushes and those who give up, on several threads at the same moment. */
class DebounceRaceTests {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int ROUNDS = 5_000;

    /** A debouncer on a clock of its own, and what it has run. */
    private static final class Desk {

        private final VirtualTime time = new VirtualTime();
        private final Queue<String> runs = new ConcurrentLinkedQueue<>();
        private final Queue<CompletableFuture<String>> calls = new ConcurrentLinkedQueue<>();
        private final Debouncer<String, String> debouncer;

        private final Running running;

        Desk(Running running) {
            this.running = running;
            this.debouncer = Debouncer.<String, String>after(PAUSE, argument -> {
                        this.runs.add(argument);
                        return CompletableFuture.completedFuture(argument);
                    })
                    .running(running)
                    .keyedBy(argument -> "key")
                    .time(this.time)
                    .build();
        }

        CompletableFuture<String> call(String argument) {
            CompletableFuture<String> call = this.debouncer.call(argument);
            this.calls.add(call);
            return call;
        }

        void pause() {
            this.time.advance(PAUSE);
        }

        /** After that nothing may be left. */
        void settle() {
            pause();
            pause();
            assertThat(this.calls).allMatch(CompletableFuture::isDone);
            assertThat(this.time.pending()).isZero();
            assertThat(this.debouncer.keys()).isZero();
        }

        /** Runs that may overlap may also begin in any order; but none is lost. */
        void assertLast(String argument) {
            assertThat(this.runs).contains(argument);
            if (this.running == Running.QUEUE) {
                assertThat(this.runs).last().isEqualTo(argument);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCallAgainstTheTimer(Running running) throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                Desk desk = new Desk(running);
                CompletableFuture<String> first = desk.call("first");
                AtomicReference<CompletableFuture<String>> second = new AtomicReference<>();
                return Race.between(() -> second.set(desk.call("second")), desk::pause)
                        .then(() -> {
                            desk.settle();
                            assertThat(second.get()).isCompletedWithValue("second");
                            desk.assertLast("second");
                            assertThat(desk.runs.size()).isBetween(1, 2);
                            if (!first.isCompletedExceptionally()) {
                                assertThat(desk.runs).contains(first.join());
                            }
                        });
            });
        }
    }

    @Test
    void aCallerThatGivesUpAgainstTheTimer() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                Desk desk = new Desk(Running.OVERLAP);
                CompletableFuture<String> first = desk.call("first");
                CompletableFuture<String> second = desk.call("second");
                return Race.between(() -> second.cancel(true), desk::pause).then(() -> {
                    desk.settle();
                    assertThat(first.join()).isIn("first", "second");
                    assertThat(desk.runs).hasSize(1);
                });
            });
        }
    }

    @Test
    void theLastCallerThatGivesUpAgainstACall() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                Desk desk = new Desk(Running.OVERLAP);
                CompletableFuture<String> first = desk.call("first");
                AtomicReference<CompletableFuture<String>> second = new AtomicReference<>();
                return Race.between(() -> first.cancel(true), () -> second.set(desk.call("second")))
                        .then(() -> {
                            desk.settle();
                            assertThat(first).isCancelled();
                            assertThat(second.get()).isCompletedWithValue("second");
                            assertThat(desk.runs).containsExactly("second");
                        });
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFlushAgainstACallAndTheTimer(Running running) throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                Desk desk = new Desk(running);
                desk.call("first");
                AtomicReference<CompletableFuture<String>> second = new AtomicReference<>();
                return Race.between(() -> second.set(desk.call("second")), desk.debouncer::flush, desk::pause)
                        .then(() -> {
                            desk.settle();
                            assertThat(second.get()).isCompletedWithValue("second");
                            desk.assertLast("second");
                        });
            });
        }
    }

    @Test
    void aCancelAgainstACallAndTheTimer() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                Desk desk = new Desk(Running.OVERLAP);
                CompletableFuture<String> first = desk.call("first");
                AtomicReference<CompletableFuture<String>> second = new AtomicReference<>();
                return Race.between(() -> second.set(desk.call("second")), desk.debouncer::cancel, desk::pause)
                        .then(() -> {
                            desk.settle();
                            assertThat(first.isCancelled() || desk.runs.contains(first.join()))
                                    .isTrue();
                            assertThat(second.get().isCancelled() || desk.runs.contains("second"))
                                    .isTrue();
                        });
            });
        }
    }

    @Test
    void aCloseAgainstACall() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                Desk desk = new Desk(Running.OVERLAP);
                AtomicReference<CompletableFuture<String>> call = new AtomicReference<>();
                return Race.between(() -> call.set(desk.call("only")), desk.debouncer::close)
                        .then(() -> {
                            assertThat(call.get()).as("without any pause").isDone();
                            assertThat(call.get().isCompletedExceptionally()).isEqualTo(desk.runs.isEmpty());
                            desk.settle();
                        });
            });
        }
    }

    @Test
    void twoCallsAtOnceShareOneRun() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                Desk desk = new Desk(Running.OVERLAP);
                return Race.between(() -> desk.call("one"), () -> desk.call("other"))
                        .then(() -> {
                            desk.settle();
                            assertThat(desk.runs).hasSize(1);
                            assertThat(desk.calls).allMatch(call -> desk.runs.contains(call.join()));
                        });
            });
        }
    }

    @Test
    void inRealTimeEveryCallSettlesAndTheLastArgumentRunsLast() throws Exception {
        int callers = 4;
        int callsEach = 2_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicReference<Integer> latest = new AtomicReference<>(0);
        Debouncer<Integer, Integer> debouncer = Debouncer.<Integer, Integer>after(
                        Duration.ofNanos(20_000),
                        argument -> CompletableFuture.supplyAsync(() -> {
                            assertThat(inside.incrementAndGet()).isEqualTo(1);
                            latest.set(argument);
                            inside.decrementAndGet();
                            return argument;
                        }))
                .maxWait(Duration.ofNanos(100_000))
                .running(Running.QUEUE)
                .build();
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(callers);
        for (int caller = 0; caller < callers; caller++) {
            int first = caller * callsEach;
            new Thread(() -> {
                        for (int i = 0; i < callsEach; i++) {
                            CompletableFuture<Integer> call = debouncer.call(first + i);
                            synchronized (all) {
                                all.add(call);
                            }
                            if (i % 7 == 0) {
                                Thread.yield();
                            }
                        }
                        done.countDown();
                    })
                    .start();
        }
        Results.await(done);
        CompletableFuture<Integer> last = debouncer.call(-1);

        assertThat(Results.await(last)).isEqualTo(-1);
        assertThat(latest).hasValue(-1);
        for (CompletableFuture<Integer> call : all) {
            assertThat(Results.await(call)).isNotNull();
        }
    }
}
