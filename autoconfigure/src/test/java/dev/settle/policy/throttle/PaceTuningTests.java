package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.annotation.Throttle.Type;
import dev.settle.core.KeySettings;
import dev.settle.core.WaitBounds;
import dev.settle.time.Nanos;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pace hands over to the one that goes on with other settings, promises above all. */
class PaceTuningTests {

    private static final long NOW = Long.MAX_VALUE - 50;

    private static ThrottleSettings settings(Type type, int limit, Duration window, int burst) {
        return new ThrottleSettings(
                limit, window, type, burst, Excess.WAIT, WaitBounds.DEFAULT, KeySettings.NONE, Scope.LOCAL);
    }

    private static ThrottleSettings sliding(int limit) {
        return settings(Type.SLIDING, limit, Duration.ofNanos(100), 1);
    }

    private static ThrottleSettings each(Type type, int limitOrBurst) {
        return (type == Type.SLIDING) ? sliding(limitOrBurst) : settings(type, 1, Duration.ofNanos(100), limitOrBurst);
    }

    private static void start(Pace pace, int times) {
        IntStream.range(0, times).forEach(i -> pace.promise());
        IntStream.range(0, times).forEach(i -> pace.started(NOW));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPromisedStaysPromised(Type type) {
        Pace pace = each(type, 2).pace();
        pace.promise();
        pace.promise();

        Pace tuned = pace.tuned(each(type, 3), NOW);

        assertThat(tuned.delay(NOW)).isZero();
        tuned.promise();
        assertThat(tuned.delay(NOW)).isEqualTo(Pace.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void moreIsPromisedThanALowerLimitUntilItHasStartedOrIsWithdrawn(Type type) {
        Pace pace = each(type, 3).pace();
        IntStream.range(0, 3).forEach(i -> pace.promise());

        Pace tuned = pace.tuned(each(type, 1), NOW);

        assertThat(tuned.delay(NOW)).isEqualTo(Pace.UNKNOWN);
        tuned.withdrawn();
        tuned.withdrawn();
        assertThat(tuned.delay(NOW)).isEqualTo(Pace.UNKNOWN);
        tuned.withdrawn();
        assertThat(tuned.delay(NOW)).isZero();
    }

    @Test
    void whatWasPromisedBeforeTheLimitWasLoweredFindsRoom() {
        Pace pace = sliding(8).pace();
        start(pace, 4);
        IntStream.range(0, 4).forEach(i -> pace.promise());

        Pace tuned = pace.tuned(sliding(2), NOW);
        IntStream.range(0, 4).forEach(i -> tuned.started(NOW + 10 + i));

        // Of the latest starts, at NOW + 12 and NOW + 13, the first must be out of the window.
        assertThat(tuned.delay(NOW + 20)).isEqualTo(92);
        assertThat(tuned.memory(NOW + 20)).isEqualTo(93);
    }

    @Test
    void whatIsForeseenIsRightWhenMoreHasStartedThanALowerLimit() {
        Pace pace = sliding(4).pace();
        IntStream.range(0, 4).forEach(i -> {
            pace.promise();
            pace.started(NOW + 10L * i);
        });

        Pace tuned = pace.tuned(sliding(2), NOW + 30);

        assertThat(IntStream.range(0, 4).mapToLong(before -> tuned.estimate(NOW + 30, before)))
                .containsExactly(90L, 100L, 190L, 200L);
    }

    @Test
    void theLongestPauseThereIsSaturates() {
        Pace pace = settings(Type.SMOOTH, 1, Duration.ofNanos(1), 1000).pace();
        start(pace, 1000);

        Pace tuned = pace.tuned(settings(Type.SMOOTH, 1, Duration.ofSeconds(Long.MAX_VALUE), 1), NOW);

        assertThat(tuned.delay(NOW)).isEqualTo(Nanos.FOREVER);
        assertThat(tuned.memory(NOW)).isEqualTo(Nanos.FOREVER);
    }

    @Test
    void aPartOfASpacingIsRoundedUp() {
        Pace pace = settings(Type.SMOOTH, 1, Duration.ofNanos(3), 1).pace();
        start(pace, 1);

        assertThat(pace.tuned(settings(Type.SMOOTH, 1, Duration.ofNanos(10), 1), NOW + 2)
                        .delay(NOW + 2))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void thereAndBackAgainIsThePaceItWas(Type type) {
        Pace pace = each(type, 1).pace();
        start(pace, 1);

        Pace back = pace.tuned(each(type, 5), NOW).tuned(each(type, 1), NOW);

        assertThat(back.delay(NOW + 10)).isEqualTo(90);
    }
}
