package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No window, wherever it begins, holds more starts than the limit; and nobody waits longer than that takes. */
class SlidingThrottleTests {

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time).thenAnswers("7.30");

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private ThrottlePolicy throttle(int limit, Duration window) {
        return ThrottlePolicy.sliding(limit, window)
                .maxWait(Duration.ofDays(1))
                .queueCapacity(10_000)
                .time(this.time)
                .build();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private List<CompletableFuture<String>> call(ThrottlePolicy throttle, int times) {
        return Stream.generate(() -> throttle.call(this.provider)).limit(times).toList();
    }

    @Test
    void callsBeyondTheLimitStartOneWindowAfterTheOnesBefore() {
        List<CompletableFuture<String>> calls = call(throttle(2, millis(80)), 8);
        assertThat(this.provider.attempts()).isEqualTo(2);

        this.time.advance(millis(1000));

        assertThat(this.provider.startedAt())
                .containsExactly(
                        millis(0),
                        millis(0),
                        millis(80),
                        millis(80),
                        millis(160),
                        millis(160),
                        millis(240),
                        millis(240));
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("7.30"));
    }

    @Test
    void aPlaceIsFreeAsSoonAsTheOldestStartIsOutOfTheWindow() {
        ThrottlePolicy throttle = throttle(2, millis(100));
        throttle.call(this.provider);
        this.time.advance(millis(60));
        throttle.call(this.provider);
        throttle.call(this.provider);

        this.time.advance(millis(1000));

        assertThat(this.provider.startedAt()).containsExactly(millis(0), millis(60), millis(100));
    }

    @Test
    void aWindowIsOverAfterItsLastNanosecondAndNotBefore() {
        ThrottlePolicy throttle = throttle(1, Duration.ofNanos(101));
        call(throttle, 2);

        this.time.advance(Duration.ofNanos(100));
        assertThat(this.provider.attempts()).isEqualTo(1);
        this.time.advance(Duration.ofNanos(1));
        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"1, 7, 5", "3, 10, 3", "5, 1, 2", "7, 1000003, 300000", "64, 999, 17", "65, 1, 2", "997, 12345, 20"})
    void startsAreAsEarlyAsTheLimitAllowsAndNoEarlier(int limit, int window, int mostApart) {
        Arrivals arrivals =
                Arrivals.atRandom(3000, mostApart, limit).call(throttle(limit, Duration.ofNanos(window)), this.time);

        assertThat(arrivals.starts()).isEqualTo(asEarlyAsPossible(arrivals.times(), limit, window));
    }

    private static List<Long> asEarlyAsPossible(List<Long> arrivals, int limit, long window) {
        List<Long> starts = new ArrayList<>();
        for (int i = 0; i < arrivals.size(); i++) {
            long earliest = (i < limit) ? 0 : starts.get(i - limit) + window;
            starts.add(Math.max(arrivals.get(i), earliest));
        }
        return starts;
    }

    @Test
    void afterAnHourOfSilenceNoMoreThanTheLimitStartTogether() {
        ThrottlePolicy throttle = throttle(3, millis(100));
        call(throttle, 1);
        this.time.advance(Duration.ofHours(1));

        call(throttle, 9);

        assertThat(this.provider.attempts()).isEqualTo(1 + 3);
        this.time.advance(millis(100));
        assertThat(this.provider.attempts()).isEqualTo(1 + 6);
        this.time.advance(millis(100));
    }

    @Test
    void aFailureSpendsItsStart() {
        IllegalStateException failure = new IllegalStateException("refused");
        Provider failing =
                new Provider(this.time).thenFails(failure).thenThrows(failure).thenReturnsNull();
        ThrottlePolicy throttle = throttle(1, millis(100));
        CompletableFuture<String> first = throttle.call(failing);
        throttle.call(failing);
        throttle.call(failing);

        this.time.advance(millis(1000));

        assertThat(Results.failure(first)).isSameAs(failure);
        assertThat(failing.startedAt()).containsExactly(millis(0), millis(100), millis(200));
    }

    @Test
    void howLongACallRunsDoesNotMatter() {
        Provider pending = new Provider(this.time).thenWaits();
        ThrottlePolicy throttle = throttle(1, millis(100));
        throttle.call(pending);
        throttle.call(pending);

        this.time.advance(millis(100));

        assertThat(pending.attempts()).isEqualTo(2);
        assertThat(pending.future(1)).isNotDone();
    }

    @Test
    void tenYearsAreWaitedForToTheDay() {
        Duration tenYears = Duration.ofDays(3650);
        ThrottlePolicy patient = ThrottlePolicy.sliding(1, tenYears)
                .maxWait(tenYears)
                .time(this.time)
                .build();
        call(patient, 2);

        this.time.advance(tenYears.minusNanos(1));
        assertThat(this.provider.attempts()).isEqualTo(1);
        this.time.advance(Duration.ofNanos(1));
        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void aWindowOfTenThousandYearsDoesNotOverflow() {
        CompletableFuture<String> second =
                call(throttle(1, Duration.ofDays(3_650_000)), 2).get(1);

        assertThat(Results.failure(second))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused ->
                                assertThat(refused.retryAfter().orElseThrow()).isGreaterThan(Duration.ofDays(36_500)));
    }

    @Test
    void theLargestLimitTakesNoMemoryForStartsThatHaveNotHappened() {
        ThrottlePolicy throttle = throttle(Integer.MAX_VALUE, Duration.ofNanos(1));

        call(throttle, 10_000);

        assertThat(this.provider.attempts()).isEqualTo(10_000);
    }

    @Test
    @Tag("large")
    void manyWaitersDrainOnASmallStack() throws Exception {
        Provider counting = new Provider(this.time).thenAnswers("7.30");
        ThrottlePolicy throttle = ThrottlePolicy.sliding(100_000, millis(100))
                .queueCapacity(100_000)
                .time(this.time)
                .build();
        CompletableFuture<Integer> started = new CompletableFuture<>();
        Thread small = new Thread(
                null,
                () -> {
                    for (int i = 0; i < 200_000; i++) {
                        throttle.call(counting);
                    }
                    this.time.advance(millis(100));
                    started.complete(counting.attempts());
                },
                "small",
                512 * 1024);
        small.start();

        assertThat(Results.await(started)).isEqualTo(200_000);
    }
}
