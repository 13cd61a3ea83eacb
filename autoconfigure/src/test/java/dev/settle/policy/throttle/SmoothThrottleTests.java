package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evenly spaced starts, with a burst on top after a pause. */
class SmoothThrottleTests {

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time).thenAnswers("7.30");

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private static ThrottlePolicy throttle(int limit, Duration window, int burst, TimeSource time) {
        return ThrottlePolicy.smooth(limit, window, burst)
                .maxWait(Duration.ofDays(1))
                .queueCapacity(10_000)
                .time(time)
                .build();
    }

    private ThrottlePolicy throttle(int limit, Duration window, int burst) {
        return throttle(limit, window, burst, this.time);
    }

    private List<CompletableFuture<String>> call(ThrottlePolicy throttle, int times) {
        return Stream.generate(() -> throttle.call(this.provider)).limit(times).toList();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static Duration nanos(long nanos) {
        return Duration.ofNanos(nanos);
    }

    @Test
    void startsAreSpacedEvenly() {
        call(throttle(4, millis(100), 1), 4);

        this.time.advance(millis(100));

        assertThat(this.provider.startedAt()).containsExactly(millis(0), millis(25), millis(50), millis(75));
    }

    @Test
    void aSpacingThatIsNoWholeNumberIsRoundedUp() {
        call(throttle(3, nanos(10), 1), 4);

        this.time.advance(millis(1));

        assertThat(this.provider.startedAt()).containsExactly(nanos(0), nanos(4), nanos(8), nanos(12));
    }

    @Test
    void afterAnHourOfSilenceNoMoreThanTheBurstStartTogether() {
        ThrottlePolicy throttle = throttle(10, millis(100), 3);
        call(throttle, 1);
        this.time.advance(Duration.ofHours(1));

        call(throttle, 6);

        assertThat(this.provider.attempts()).isEqualTo(1 + 3);
        this.time.advance(millis(10));
        assertThat(this.provider.attempts()).isEqualTo(1 + 4);
        this.time.advance(millis(20));
        assertThat(this.provider.attempts()).isEqualTo(1 + 6);
    }

    @Test
    void aBurstGrowsBackByOneInTheTimeOfOne() {
        ThrottlePolicy throttle = throttle(10, millis(100), 3);
        call(throttle, 3);
        this.time.advance(millis(20));

        call(throttle, 3);

        assertThat(this.provider.attempts()).isEqualTo(3 + 2);
        this.time.advance(millis(10));
        assertThat(this.provider.attempts()).isEqualTo(3 + 3);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 7, 1, 5",
        "3, 10, 2, 6",
        "7, 1000003, 5, 300000",
        "64, 999, 9, 20",
        "13, 5, 3, 3",
        "997, 12345, 500, 20"
    })
    void startsAreAsEarlyAsTheBurstAllowsAndNoEarlier(int limit, int window, int burst, int mostApart) {
        Arrivals arrivals =
                Arrivals.atRandom(3000, mostApart, limit).call(throttle(limit, nanos(window), burst), this.time);

        assertThat(arrivals.starts()).isEqualTo(asEarlyAsPossible(arrivals.times(), limit, window, burst));
    }

    private static List<Long> asEarlyAsPossible(List<Long> arrivals, int limit, long window, int burst) {
        long spacing = (window + limit - 1) / limit;
        List<Long> starts = new ArrayList<>();
        // When the next would be due if there were no burst: the theoretical arrival time of the algorithm.
        long due = 0;
        for (long arrival : arrivals) {
            long start = Math.max(arrival, due - (burst - 1) * spacing);
            starts.add(start);
            due = Math.max(due, start) + spacing;
        }
        return starts;
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1_000_000_000L, -1, 0, 1, Long.MAX_VALUE})
    void whatTheClockReadsAtTheStartDoesNotMatter(long origin) {
        VirtualTime elsewhere = new VirtualTime(origin);
        Provider there = new Provider(elsewhere).thenAnswers("7.30");
        ThrottlePolicy throttle = throttle(1, millis(10), 2, elsewhere);

        List<CompletableFuture<String>> calls =
                Stream.generate(() -> throttle.call(there)).limit(4).toList();
        elsewhere.advance(millis(1000));

        assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("7.30"));
        assertThat(there.startedAt()).containsExactly(millis(0), millis(0), millis(10), millis(20));
    }

    @Test
    void aWindowOfTenThousandYearsDoesNotOverflow() {
        ThrottlePolicy throttle = throttle(1, Duration.ofDays(3_650_000), 1);

        CompletableFuture<String> second = call(throttle, 2).get(1);

        assertThat(Results.failure(second))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused ->
                                assertThat(refused.retryAfter().orElseThrow()).isGreaterThan(Duration.ofDays(36_500)));
    }

    @Test
    void theLargestBurstOfTheLongestWindowDoesNotOverflow() {
        ThrottlePolicy throttle = throttle(1, Duration.ofDays(3_650_000), Integer.MAX_VALUE);

        call(throttle, 1);

        assertThat(this.provider.attempts()).isEqualTo(1);
    }

    @Test
    void aBillionInANanosecondStartOneInANanosecond() {
        call(throttle(1_000_000_000, nanos(1), 1), 3);

        this.time.advance(nanos(10));

        assertThat(this.provider.startedAt()).containsExactly(nanos(0), nanos(1), nanos(2));
    }

    @Test
    void aCallThatLeavesTheLineCostsNothing() {
        List<CompletableFuture<String>> calls = call(throttle(1, millis(10), 1), 3);
        calls.get(1).cancel(true);

        this.time.advance(millis(1000));

        assertThat(this.provider.startedAt()).containsExactly(millis(0), millis(10));
    }
}
