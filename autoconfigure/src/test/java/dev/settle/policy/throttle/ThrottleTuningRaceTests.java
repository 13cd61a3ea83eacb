package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Race;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The settings change at the moment at which calls come, start and give up. */
@Tag("race")
class ThrottleTuningRaceTests {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 5_000);
    private static final long WINDOW = 100;

    @Test
    void raisedWhileCallsComeItLetsInExactlySoMany() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                VirtualTime time = new VirtualTime();
                TunedThrottle throttle = TunedThrottle.sliding(2, WINDOW, time);
                Race.Act callers = () -> throttle.call(4);
                return Race.between(() -> throttle.tune(5, WINDOW), callers, callers)
                        .then(() -> {
                            assertThat(throttle.starts()).hasSize(5);
                            throttle.advance(WINDOW);
                            assertThat(throttle.starts()).hasSize(8);
                            assertThat(time.pending()).isZero();
                        });
            });
        }
    }

    @Test
    void loweredWhileCallsComeItLetsOneInAfterAnother() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                VirtualTime time = new VirtualTime();
                TunedThrottle throttle = TunedThrottle.sliding(3, WINDOW, time);
                Race.Act callers = () -> throttle.call(2);
                return Race.between(() -> throttle.tune(1, WINDOW), callers, callers)
                        .then(() -> {
                            int atOnce = throttle.starts().size();
                            assertThat(atOnce).isBetween(1, 3);
                            for (int started = atOnce; started < 4; started++) {
                                assertThat(throttle.starts()).hasSize(started);
                                throttle.advance(WINDOW);
                            }
                            assertThat(throttle.starts()).hasSize(4);
                            assertThat(time.pending()).isZero();
                        });
            });
        }
    }

    @Test
    void aTurnIsNotLostWhenItsCallerGivesUpAtThatMoment() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                VirtualTime time = new VirtualTime();
                TunedThrottle throttle = TunedThrottle.sliding(1, WINDOW, time);
                List<CompletableFuture<String>> calls = throttle.call(3);
                return Race.between(
                                () -> throttle.tune(2, WINDOW),
                                () -> calls.get(1).cancel(true))
                        .then(() -> {
                            throttle.advance(WINDOW);
                            assertThat(calls.get(1)).isDone();
                            assertThat(calls.get(2)).isCompletedWithValue("7.30");
                            assertThat(time.pending()).isZero();
                        });
            });
        }
    }

    @Test
    void aTimerThatIsOnItsWayIsNotTakenForThatOfTheNewWindow() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                VirtualTime time = new VirtualTime();
                TunedThrottle throttle = TunedThrottle.sliding(1, WINDOW, time);
                List<CompletableFuture<String>> calls = throttle.call(4);
                return Race.between(() -> throttle.tune(1, 2 * WINDOW), () -> throttle.advance(WINDOW))
                        .then(() -> {
                            throttle.advance(8 * WINDOW);
                            assertThat(calls).allMatch(CompletableFuture::isDone);
                            List<Long> starts = throttle.starts();
                            assertThat(starts.get(2) - starts.get(1)).isEqualTo(2 * WINDOW);
                            assertThat(starts.get(3) - starts.get(2)).isEqualTo(2 * WINDOW);
                            assertThat(time.pending()).isZero();
                        });
            });
        }
    }

    @Test
    void aKeyThatIsMadeMeanwhileGoesByTheNewLimit() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                VirtualTime time = new VirtualTime();
                Duration window = Duration.ofMillis(WINDOW);
                KeyedThrottle throttle = KeyedThrottle.of(1, window, 10, time);
                AtomicInteger starts = new AtomicInteger();
                Race.Act caller = () -> throttle.call("a", () -> {
                    starts.incrementAndGet();
                    return CompletableFuture.completedFuture("7.30");
                });
                return Race.between(() -> throttle.tune(3, window), caller).then(() -> {
                    for (int i = 0; i < 4; i++) {
                        caller.run();
                    }
                    assertThat(starts).hasValue(3);
                    time.advance(window);
                    assertThat(starts).hasValue(5);
                    time.advance(window);
                    assertThat(throttle.keys()).isZero();
                    assertThat(time.pending()).isZero();
                });
            });
        }
    }
}
