package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the application stops, those who wait are refused; they are never let go in a burst. */
class ThrottleStoppingTests {

    private static final Duration WINDOW = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time).thenAnswers("7.30");
    private final AbortSource stopping = new AbortSource();

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private PlannedMethod method(Excess excess) {
        return PlannedMethod.with(ThrottlePolicy.sliding(2, WINDOW)
                        .excess(excess)
                        .time(this.time)
                        .build())
                .stoppingWith(this.stopping);
    }

    private List<CompletableFuture<String>> call(PlannedMethod method, int times) {
        return Stream.generate(() -> method.start(this.provider)).limit(times).toList();
    }

    private void stop() {
        this.stopping.abort(AbortReason.shutdown("closing"));
    }

    private static ThrowingConsumer<CompletableFuture<String>> closed() {
        return call -> assertThat(Results.failure(call))
                .isInstanceOfSatisfying(CallRejectedException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.CLOSED);
                    assertThat(refused.retryAfter()).isEmpty();
                });
    }

    @Test
    void thoseWhoWaitAreRefusedAndNeverRun() {
        List<CompletableFuture<String>> calls = call(method(Excess.WAIT), 10);

        stop();
        this.time.advance(Duration.ofHours(1));

        assertThat(calls.subList(2, 10)).allSatisfy(closed());
        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void thoseWhoWaitForASharedRunAreRefusedAndItNeverRuns() {
        List<CompletableFuture<String>> calls = call(method(Excess.SHARE), 10);

        stop();
        this.time.advance(Duration.ofHours(1));

        assertThat(calls.subList(2, 10)).allSatisfy(closed());
        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void aCallThatWouldHaveToWaitIsRefusedAtOnce() {
        PlannedMethod method = method(Excess.WAIT);
        stop();

        List<CompletableFuture<String>> calls = call(method, 3);

        assertThat(calls.subList(0, 2)).allSatisfy(call -> assertThat(call).isCompletedWithValue("7.30"));
        assertThat(calls.get(2)).satisfies(closed());
    }

    @Test
    void aCallThatWouldHaveToShareIsRefusedAtOnce() {
        PlannedMethod method = method(Excess.SHARE);
        stop();

        assertThat(call(method, 3).get(2)).satisfies(closed());
    }

    @Test
    void aTurnThatHasComeAlreadyIsNotTakenBack() {
        Provider pending = new Provider(this.time).thenWaits();
        PlannedMethod method = method(Excess.WAIT);
        CompletableFuture<String> call = method.start(pending);

        stop();
        pending.future(1).complete("7.30");

        assertThat(call).isCompletedWithValue("7.30");
    }

    @Test
    void whatOneCallerDoesNextMayWaitForWhatAnotherGets() throws Exception {
        PlannedMethod method = PlannedMethod.with(ThrottlePolicy.sliding(1, Duration.ofHours(1))
                        .maxWait(Duration.ofHours(9))
                        .excess(Excess.SHARE)
                        .time(TimeSource.system())
                        .build())
                .stoppingWith(this.stopping);
        method.start(this.provider);
        CompletableFuture<String> second = method.start(this.provider);
        CompletableFuture<String> third = method.start(this.provider);
        CompletableFuture<Throwable> fromSecond = second.handle(
                (value, failure) -> third.<Throwable>handle((other, its) -> its).join());

        Thread stops = new Thread(this::stop);
        stops.setDaemon(true);
        stops.start();

        assertThat(Results.await(fromSecond)).isInstanceOf(CallRejectedException.class);
    }
}
