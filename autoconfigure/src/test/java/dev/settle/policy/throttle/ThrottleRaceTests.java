package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Race;
import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.annotation.Throttle.Type;
import dev.settle.core.KeySettings;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.queue.Waiter;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Callers, timers and those who give up, on several threads at the same moment. */
class ThrottleRaceTests {

    private static final Duration WINDOW = Duration.ofMillis(100);
    private static final Duration FAST = Duration.ofMillis(2);

    private static ThrottleSettings fast(int limit) {
        return new ThrottleSettings(
                limit, FAST, Type.SLIDING, 1, Excess.WAIT, WaitBounds.DEFAULT, KeySettings.NONE, Scope.LOCAL);
    }

    private static CompletableFuture<String> noted(AtomicInteger starts) {
        starts.incrementAndGet();
        return CompletableFuture.completedFuture("7.30");
    }

    @Test
    void twoThreadsAtOnceDoNotExceedTheLimit() throws Exception {
        try (Race race = new Race()) {
            race.repeat(5_000, () -> {
                AtomicInteger starts = new AtomicInteger();
                ThrottlePolicy throttle = ThrottlePolicy.sliding(3, WINDOW)
                        .excess(Excess.REJECT)
                        .time(new VirtualTime())
                        .build();
                Race.Act caller = () -> {
                    throttle.call(() -> noted(starts));
                    throttle.call(() -> noted(starts));
                };
                return Race.between(caller, caller)
                        .then(() -> assertThat(starts).hasValue(3));
            });
        }
    }

    @Test
    void aTurnIsNotLostWhenItsCallerGivesUpAtThatMoment() throws Exception {
        try (Race race = new Race()) {
            race.repeat(5_000, () -> {
                VirtualTime time = new VirtualTime();
                AtomicInteger starts = new AtomicInteger();
                ThrottlePolicy throttle =
                        ThrottlePolicy.sliding(1, WINDOW).time(time).build();
                throttle.call(() -> noted(starts));
                CompletableFuture<String> second = throttle.call(() -> noted(starts));
                CompletableFuture<String> third = throttle.call(() -> noted(starts));
                return Race.between(() -> second.cancel(true), () -> time.advance(WINDOW))
                        .then(() -> {
                            time.advance(WINDOW);
                            assertThat(second).isDone();
                            assertThat(third).isCompletedWithValue("7.30");
                            assertThat(time.pending()).isZero();
                        });
            });
        }
    }

    @Test
    void aCallIsNotForgottenThatComesWhenTheLineEmpties() throws Exception {
        try (Race race = new Race()) {
            race.repeat(5_000, () -> {
                VirtualTime time = new VirtualTime();
                AtomicInteger starts = new AtomicInteger();
                ThrottlePolicy throttle =
                        ThrottlePolicy.sliding(1, WINDOW).time(time).build();
                throttle.call(() -> noted(starts));
                throttle.call(() -> noted(starts));
                CompletableFuture<CompletableFuture<String>> third = new CompletableFuture<>();
                return Race.between(
                                () -> third.complete(throttle.call(() -> noted(starts))), () -> time.advance(WINDOW))
                        .then(() -> {
                            time.advance(WINDOW);
                            assertThat(third.join()).isCompletedWithValue("7.30");
                            assertThat(starts).hasValue(3);
                            assertThat(time.pending()).isZero();
                        });
            });
        }
    }

    @Test
    void aCallerEitherJoinsASharedRunOrBeginsTheNext() throws Exception {
        try (Race race = new Race()) {
            race.repeat(5_000, () -> {
                VirtualTime time = new VirtualTime();
                ThrottlePolicy throttle = ThrottlePolicy.sliding(1, WINDOW)
                        .excess(Excess.SHARE)
                        .time(time)
                        .build();
                throttle.call(() -> CompletableFuture.completedFuture("first"));
                CompletableFuture<String> second = throttle.call(() -> CompletableFuture.completedFuture("second"));
                CompletableFuture<CompletableFuture<String>> third = new CompletableFuture<>();
                return Race.between(
                                () -> third.complete(throttle.call(() -> CompletableFuture.completedFuture("third"))),
                                () -> time.advance(WINDOW),
                                () -> second.cancel(true))
                        .then(() -> {
                            time.advance(WINDOW);
                            assertThat(third.join()).isCompletedWithValue("third");
                            assertThat(second).isDone();
                            assertThat(time.pending()).isZero();
                        });
            });
        }
    }

    @Test
    void aKeyIsNeverForgottenWhileACallerHasIt() throws Exception {
        try (Race race = new Race()) {
            race.repeat(5_000, () -> {
                VirtualTime time = new VirtualTime();
                AtomicInteger starts = new AtomicInteger();
                KeyedThrottle throttle = KeyedThrottle.of(1, WINDOW, 10, time);
                throttle.call("a", () -> noted(starts));
                return Race.between(
                                () -> throttle.call("a", () -> noted(starts)),
                                () -> throttle.call("a", () -> noted(starts)),
                                () -> time.advance(WINDOW))
                        .then(() -> {
                            assertThat(starts.get()).isBetween(1, 2);
                            time.advance(WINDOW);
                            time.advance(WINDOW);
                            assertThat(starts).hasValue(3);
                            time.advance(WINDOW);
                            assertThat(throttle.keys()).isZero();
                            assertThat(time.pending()).isZero();
                        });
            });
        }
    }

    @Test
    void noWindowOfRealTimeHoldsMoreStartsThanTheLimit() throws Exception {
        int limit = 7;
        int callers = 2_000;
        long window = FAST.toNanos();
        Counted counted = new Counted(fast(limit).pace(), new ArrayList<>());
        RateLine line = new RateLine(fast(limit), counted, TimeSource.system());
        CountDownLatch started = new CountDownLatch(callers);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int call = 0; call < callers / 4; call++) {
                    if (line.enter(new Starting(line, started), callers) == RateLine.Entry.IN) {
                        line.started();
                        started.countDown();
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        Results.await(started);

        List<Long> starts = counted.starts;
        assertThat(starts).hasSize(callers);
        for (int i = limit; i < starts.size(); i++) {
            assertThat(starts.get(i) - starts.get(i - limit)).isGreaterThanOrEqualTo(window);
        }
    }

    /** A place in line that starts on a worker when its turn has come. */
    private static final class Starting extends Waiter {

        private final RateLine line;
        private final CountDownLatch started;

        Starting(RateLine line, CountDownLatch started) {
            this.line = line;
            this.started = started;
        }

        @Override
        public void run() {
            TimeSource.system().execute(() -> {
                this.line.started();
                this.started.countDown();
            });
        }

        @Override
        protected void closed() {}
    }

    /** Notes each start at the moment at which it is counted. Guarded by its line, as every pace is. */
    private static final class Counted implements Pace {

        private final Pace pace;
        private final List<Long> starts;

        Counted(Pace pace, List<Long> starts) {
            this.pace = pace;
            this.starts = starts;
        }

        @Override
        public long delay(long now) {
            return this.pace.delay(now);
        }

        @Override
        public long estimate(long now, int before) {
            return this.pace.estimate(now, before);
        }

        @Override
        public void promise() {
            this.pace.promise();
        }

        @Override
        public void started(long now) {
            this.starts.add(now);
            this.pace.started(now);
        }

        @Override
        public void withdrawn() {
            this.pace.withdrawn();
        }

        @Override
        public Pace tuned(ThrottleSettings settings, long now) {
            return new Counted(this.pace.tuned(settings, now), this.starts);
        }

        @Override
        public long memory(long now) {
            return this.pace.memory(now);
        }
    }
}
