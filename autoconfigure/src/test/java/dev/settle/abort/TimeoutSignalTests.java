package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.test.VirtualTime;
import dev.settle.time.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutSignalTests {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final VirtualTime time = new VirtualTime();

    @Test
    void abortsWhenTheTimeIsUpAndNotBefore() {
        AbortSignal signal = AbortSource.timeout(this.time, SECOND);

        this.time.advance(Duration.ofNanos(SECOND - 1));
        assertThat(signal.aborted()).isFalse();

        this.time.advance(Duration.ofNanos(1));
        assertThat(signal.aborted()).isTrue();
    }

    @Test
    void itsReasonIsATimeoutThatKnowsTheLimit() {
        AbortSignal signal = AbortSource.timeout(this.time, SECOND);

        this.time.advance(Duration.ofSeconds(1));

        assertThat(signal.reason().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
        CallTimeoutException thrown = (CallTimeoutException) catchThrowable(signal::throwIfAborted);
        assertThat(thrown.limit()).isEqualTo(Duration.ofSeconds(1));
        assertThat(thrown).hasMessageContaining("1 s");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void zeroOrLessIsBornAbortedAndArmsNoTimer(long limit) {
        AbortSignal signal = AbortSource.timeout(this.time, limit);

        assertThat(signal.aborted()).isTrue();
        assertThat(signal.reason().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(this.time.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void publicTimeoutOfZeroOrLessIsBornAborted(Duration limit) {
        assertThat(AbortSignal.timeout(limit).aborted()).isTrue();
    }

    @Test
    void publicTimeoutFollowsTheSystemsClock() throws Exception {
        CompletableFuture<AbortReason> told = new CompletableFuture<>();
        AbortSignal signal = AbortSignal.timeout(Duration.ofMillis(1));

        signal.onAbort(told::complete);

        assertThat(Outcomes.await(told).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void equalTimeoutsFireInTheOrderOfTheirCreation() {
        List<Integer> fired = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            AbortSource.timeout(this.time, SECOND).onAbort(reason -> fired.add(number));
        }

        this.time.advance(Duration.ofSeconds(1));

        assertThat(fired).containsExactly(0, 1, 2);
    }

    @Test
    void remainingTimeCountsDown() {
        AbortSignal signal = AbortSource.timeout(this.time, SECOND);
        assertThat(signal.remaining()).contains(Duration.ofSeconds(1));

        this.time.advance(Duration.ofMillis(400));

        assertThat(signal.remaining()).contains(Duration.ofMillis(600));
    }

    @Test
    void nothingRemainsAfterTheAbort() {
        AbortSource signal = AbortSource.timeout(this.time, SECOND);

        signal.abort(AbortReason.application("early"));

        assertThat(signal.remaining()).contains(Duration.ZERO);
    }

    @Test
    void timerAfterAnEarlierAbortChangesNothing() {
        AbortReason early = AbortReason.application("early");
        AbortSource signal = AbortSource.timeout(this.time, SECOND);
        signal.abort(early);

        this.time.advance(Duration.ofSeconds(2));

        assertThat(signal.reason()).containsSame(early);
    }

    @Test
    void deadlineHoldsWhileTheReadingsOfTheClockWrapAround() {
        VirtualTime nearTheEnd = new VirtualTime(Long.MAX_VALUE - 10);
        AbortSignal signal = AbortSource.timeout(nearTheEnd, SECOND);

        nearTheEnd.advance(Duration.ofNanos(SECOND - 1));
        assertThat(signal.aborted()).isFalse();
        assertThat(signal.remaining()).contains(Duration.ofNanos(1));

        nearTheEnd.advance(Duration.ofNanos(1));
        assertThat(signal.aborted()).isTrue();
    }

    @Test
    void endlessTimeoutStaysOpen() {
        AbortSignal signal = AbortSource.timeout(this.time, Nanos.of(Duration.ofSeconds(Long.MAX_VALUE)));

        this.time.advance(Duration.ofDays(36_500));

        assertThat(signal.aborted()).isFalse();
        assertThat(signal.remaining().orElseThrow()).isPositive();
    }
}
