package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.Provider;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The delays: AWS's formulas with a fixed source of random numbers. */
class BackoffTests {

    private static final double ALMOST_ONE = Math.nextDown(1.0);

    private static RetrySettings settings(Jitter jitter, long first, double multiplier, long longest) {
        return new RetrySettings(
                1000,
                Duration.ofMillis(first),
                multiplier,
                Duration.ofMillis(longest),
                jitter,
                null,
                List.of(),
                List.of(),
                "");
    }

    private static List<Long> millis(Jitter jitter, double random, int count) {
        return millis(settings(jitter, 100, 2, 1500), () -> random, count);
    }

    private static List<Long> millis(RetrySettings settings, DoubleSupplier random, int count) {
        Backoff backoff = new Backoff(random);
        // Rounded: just below one, a delay is just below its upper end.
        return Stream.generate(() -> Math.round(backoff.next(settings) / 1e6))
                .limit(count)
                .toList();
    }

    @Test
    void withoutJitterTheDelaysDoubleUpToTheLongest() {
        assertThat(millis(Jitter.NONE, 0.5, 6)).containsExactly(100L, 200L, 400L, 800L, 1500L, 1500L);
    }

    @ParameterizedTest
    @CsvSource({"0.0, 0, 0, 0, 0, 0, 0", "0.5, 50, 100, 200, 400, 750, 750"})
    void fullJitterLiesBetweenZeroAndTheDelay(
            double random, long first, long second, long third, long fourth, long fifth, long sixth) {
        assertThat(millis(Jitter.FULL, random, 6)).containsExactly(first, second, third, fourth, fifth, sixth);
    }

    @Test
    void fullJitterComesUpToTheDelay() {
        assertThat(millis(Jitter.FULL, ALMOST_ONE, 6)).containsExactly(100L, 200L, 400L, 800L, 1500L, 1500L);
    }

    @ParameterizedTest
    @CsvSource({"0.0, 50, 100, 200, 400, 750, 750", "0.5, 75, 150, 300, 600, 1125, 1125"})
    void equalJitterLiesBetweenHalfTheDelayAndTheDelay(
            double random, long first, long second, long third, long fourth, long fifth, long sixth) {
        assertThat(millis(Jitter.EQUAL, random, 6)).containsExactly(first, second, third, fourth, fifth, sixth);
    }

    @Test
    void equalJitterComesUpToTheDelay() {
        assertThat(millis(Jitter.EQUAL, ALMOST_ONE, 6)).containsExactly(100L, 200L, 400L, 800L, 1500L, 1500L);
    }

    @ParameterizedTest
    @CsvSource({"0.0, 100, 100, 100, 100, 100", "0.5, 200, 350, 575, 913, 1419"})
    void decorrelatedJitterLiesBetweenTheFirstDelayAndThreeTimesTheOneBefore(
            double random, long first, long second, long third, long fourth, long fifth) {
        assertThat(millis(Jitter.DECORRELATED, random, 5)).containsExactly(first, second, third, fourth, fifth);
    }

    @Test
    void decorrelatedJitterTriplesAtMostAndIsCapped() {
        assertThat(millis(Jitter.DECORRELATED, ALMOST_ONE, 5)).containsExactly(300L, 900L, 1500L, 1500L, 1500L);
    }

    @Test
    void decorrelatedJitterStaysInItsBoundsWhateverIsDrawn() {
        Random random = new Random(7);
        RetrySettings settings = settings(Jitter.DECORRELATED, 100, 2, 1500);
        Backoff backoff = new Backoff(random::nextDouble);
        double previous = 100e6;

        for (int i = 0; i < 10_000; i++) {
            double delay = backoff.next(settings);
            assertThat(delay).isBetween(100e6, Math.min(1500e6, 3 * previous) + 1);
            previous = delay;
        }
    }

    @Test
    void decorrelatedJitterStartsAfreshForEachCall() {
        VirtualTime time = new VirtualTime();
        RetryPolicy retry = RetryPolicy.times(3)
                .delay(Duration.ofMillis(100), Duration.ofMinutes(1))
                .jitter(Jitter.DECORRELATED)
                .random(() -> ALMOST_ONE)
                .time(time)
                .build();
        List<List<Long>> gaps = new ArrayList<>();

        for (int i = 0; i < 2; i++) {
            Provider provider = new Provider(time).thenFails();
            retry.call(provider);
            time.advance(Duration.ofHours(1));
            gaps.add(gaps(provider));
        }

        assertThat(gaps).containsExactly(List.of(300L, 900L, 2700L), List.of(300L, 900L, 2700L));
    }

    private static List<Long> gaps(Provider provider) {
        List<Duration> at = provider.startedAt();
        return Stream.iterate(1, i -> i < at.size(), i -> i + 1)
                .map(i -> Math.round(at.get(i).minus(at.get(i - 1)).toNanos() / 1e6))
                .toList();
    }

    @Test
    void attemptsComeAfterTheDelays() {
        VirtualTime time = new VirtualTime();
        Provider provider = new Provider(time).thenFails();
        RetryPolicy retry = RetryPolicy.times(4)
                .delay(Duration.ofMillis(10), Duration.ofMillis(50))
                .multiplier(3)
                .jitter(Jitter.NONE)
                .time(time)
                .build();

        retry.call(provider);
        time.advance(Duration.ofMinutes(1));

        assertThat(gaps(provider)).containsExactly(10L, 30L, 50L, 50L);
    }

    @ParameterizedTest
    @EnumSource(Jitter.class)
    void theTwoHundredthDelayIsTheLongestAndNotNegative(Jitter jitter) {
        RetrySettings settings = settings(jitter, 100, 2, 1500);
        Backoff backoff = new Backoff(() -> ALMOST_ONE);
        long delay = 0;

        for (int i = 0; i < 200; i++) {
            delay = backoff.next(settings);
        }

        assertThat((double) delay).isCloseTo(1500e6, within(1.0));
    }

    @ParameterizedTest
    @EnumSource(Jitter.class)
    void hugeSettingsSaturate(Jitter jitter) {
        RetrySettings huge = new RetrySettings(
                1000,
                Duration.ofDays(1),
                Double.MAX_VALUE,
                Duration.ofSeconds(Long.MAX_VALUE),
                jitter,
                null,
                List.of(),
                List.of(),
                "");
        Backoff backoff = new Backoff(() -> 0.5);

        for (int i = 0; i < 2_000; i++) {
            assertThat(backoff.next(huge)).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(Jitter.class)
    void noDelayStaysNoDelay(Jitter jitter) {
        RetrySettings settings = settings(jitter, 0, 2, 1500);
        Backoff backoff = new Backoff(() -> ALMOST_ONE);

        for (int i = 0; i < 2_000; i++) {
            assertThat(backoff.next(settings)).isZero();
        }
    }

    @Test
    void aThousandCallersThatFailTogetherDoNotComeBackTogether() {
        VirtualTime time = new VirtualTime();
        RetryPolicy retry = RetryPolicy.times(1)
                .random(new Random(42)::nextDouble)
                .time(time)
                .build();
        List<Provider> callers = Stream.generate(() -> new Provider(time).thenFails())
                .limit(1_000)
                .toList();

        callers.forEach(retry::call);
        time.advance(Duration.ofSeconds(1));

        Map<Long, Integer> perMillisecond = new HashMap<>();
        callers.forEach(caller -> perMillisecond.merge(caller.startedAt().get(1).toMillis(), 1, Integer::sum));
        assertThat(perMillisecond).hasSizeGreaterThan(150);
        assertThat(perMillisecond.values()).allMatch(count -> count <= 50);
        assertThat(perMillisecond.keySet()).allMatch(millisecond -> millisecond < 200);
    }
}
