package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallPhase;
import dev.settle.CallTimeoutException;
import dev.settle.core.HandWork;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A limit inside a timeout, and inside a retry. */
class BulkheadTimeoutTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final AsyncSemaphore one = AsyncSemaphore.of(1, WaitBounds.DEFAULT, this.time);
    private final PlannedMethod untimed = PlannedMethod.with(this.one);

    private PlannedMethod timed(boolean cancel) {
        return PlannedMethod.with(TimeoutPolicy.of(LIMIT, cancel, this.time), this.one);
    }

    private CompletableFuture<String> call(PlannedMethod method, String name) {
        return method.start(() -> this.work.start(name));
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aCallThatTimesOutInLineNeverStartsAndSaysWhereItWas() {
        call(this.untimed, "Ann");
        CompletableFuture<String> waiting = call(timed(true), "Bob");

        this.time.advance(LIMIT);

        assertThat(Results.failure(waiting))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.phase()).isEqualTo(CallPhase.WAITING_BULKHEAD));
        assertThat(this.one.waiting()).isZero();
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann");
        assertThat(this.one.free()).isOne();
    }

    @Test
    void aCallThatTimesOutAfterItsWaitWasRunning() {
        call(this.untimed, "Ann");
        CompletableFuture<String> call = call(timed(true), "Bob");
        this.time.advance(Duration.ofSeconds(1));
        this.work.end("Ann");

        this.time.advance(Duration.ofSeconds(1));

        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.phase()).isEqualTo(CallPhase.RUNNING));
    }

    @Test
    void aTimeoutThatCancelsTheWorkGivesThePermitBackBeforeTheCallerHearsOfIt() {
        CompletableFuture<Integer> seen = call(timed(true), "Ann").handle((value, failure) -> this.one.free());

        this.time.advance(LIMIT);

        assertThat(this.work.future("Ann")).isCancelled();
        assertThat(seen).isCompletedWithValue(1);
    }

    @Test
    void aTimeoutThatDoesNotCancelKeepsThePermitUntilTheWorkReallyEnds() {
        CompletableFuture<String> call = call(timed(false), "Ann");
        call(this.untimed, "Bob");

        this.time.advance(LIMIT);

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(this.work.future("Ann")).isNotDone();
        assertThat(this.work.started()).containsExactly("Ann");
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
        assertThat(this.one.free()).isOne();
    }

    @Test
    void workThatTakesNoNoticeOfTheTimeoutKeepsItsPermit() {
        CompletableFuture<String> call = timed(true).start(() -> this.work.startStubborn("Ann"));

        this.time.advance(LIMIT);

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(this.one.free()).isZero();
        this.work.end("Ann");
        assertThat(this.one.free()).isOne();
    }

    @Test
    void manyTimeoutsInLineCostNoPermit() {
        call(this.untimed, "Ann");
        for (int i = 0; i < 100; i++) {
            call(timed(true), "late " + i);
        }
        this.time.advance(LIMIT);
        this.work.end("Ann");

        call(this.untimed, "Bob");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
    }

    @Test
    void thePermitIsFreeWhileARetryWaits() {
        PlannedMethod retried = PlannedMethod.with(
                RetryPolicy.times(1).delay(LIMIT, LIMIT).time(this.time).build(), this.one);
        CompletableFuture<String> call = call(retried, "Ann");

        this.work.future("Ann").completeExceptionally(new IOException("reset"));

        assertThat(this.one.free()).isOne();
        this.time.advance(LIMIT);
        this.work.end("Ann");
        assertThat(call).isCompletedWithValue("Ann");
    }
}
