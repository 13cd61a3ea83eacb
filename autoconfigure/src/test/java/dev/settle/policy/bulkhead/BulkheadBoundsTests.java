package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.core.HandWork;
import dev.settle.core.LineEvent;
import dev.settle.core.LineEvent.Waited;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bounds of the line, and what is told of those who come to it. */
class BulkheadBoundsTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();

    private AsyncSemaphore one(Duration maxWait, int queueCapacity) {
        return AsyncSemaphore.of(1, new WaitBounds(maxWait, queueCapacity), this.time);
    }

    private CompletableFuture<String> call(PlannedMethod method, String name) {
        return method.start(() -> this.work.start(name));
    }

    private static Reason refusal(CompletableFuture<?> call) {
        assertThat(Results.failure(call)).isInstanceOf(CallRejectedException.class);
        return ((CallRejectedException) Results.failure(call)).reason();
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aCallThatHasWaitedTooLongIsRefusedAndNeverStarts() {
        AsyncSemaphore semaphore = one(SHORT, 1000);
        PlannedMethod method = PlannedMethod.with(semaphore);
        call(method, "Ann");
        CompletableFuture<String> waiting = call(method, "Bob");

        this.time.advance(SHORT.minusNanos(1));
        assertThat(waiting).isNotDone();
        this.time.advance(Duration.ofNanos(1));

        assertThat(refusal(waiting)).isEqualTo(Reason.WAIT_EXCEEDED);
        assertThat(semaphore.waiting()).isZero();
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann");
    }

    @Test
    void afterManyHaveWaitedTooLongAllPermitsAreStillThere() {
        AsyncSemaphore two = AsyncSemaphore.of(2, new WaitBounds(SHORT, 1000), this.time);
        PlannedMethod method = PlannedMethod.with(two);
        call(method, "Ann");
        call(method, "Bob");
        for (int i = 0; i < 100; i++) {
            call(method, "late " + i);
        }
        this.time.advance(SHORT);
        this.work.end("Ann");
        this.work.end("Bob");

        call(method, "Cid");
        call(method, "Dee");

        assertThat(this.work.started()).containsExactly("Ann", "Bob", "Cid", "Dee");
    }

    @Test
    void aTurnThatComesAtTheLastMomentWins() {
        PlannedMethod method = PlannedMethod.with(one(SHORT, 1000));
        call(method, "Ann");
        CompletableFuture<String> waiting = call(method, "Bob");
        this.time.schedule(SHORT.toNanos(), () -> this.work.end("Ann"));

        this.time.advance(SHORT);

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
        assertThat(waiting).isCompletedWithValue("Bob");
    }

    @Test
    void withoutALineACallIsLetInIfAPermitIsFree() {
        PlannedMethod method = PlannedMethod.with(one(SHORT, 0));

        CompletableFuture<String> call = call(method, "Ann");

        assertThat(this.work.started()).containsExactly("Ann");
        assertThat(refusal(call(method, "Bob"))).isEqualTo(Reason.QUEUE_FULL);
        this.work.end("Ann");
        assertThat(call).isCompletedWithValue("Ann");
    }

    @Test
    void withoutTimeToWaitACallIsLetInIfAPermitIsFree() {
        PlannedMethod method = PlannedMethod.with(one(Duration.ZERO, 1000));

        CompletableFuture<String> call = call(method, "Ann");

        assertThat(this.work.started()).containsExactly("Ann");
        assertThat(refusal(call(method, "Bob"))).isEqualTo(Reason.WAIT_EXCEEDED);
        this.work.end("Ann");
        assertThat(call).isCompletedWithValue("Ann");
    }

    @Test
    void aPlaceThatHasBeenLeftIsFree() {
        PlannedMethod method = PlannedMethod.with(one(SHORT, 1));
        call(method, "Ann");
        call(method, "Bob").cancel(true);

        CompletableFuture<String> next = call(method, "Cid");

        assertThat(next).isNotDone();
        this.work.end("Ann");
        this.work.end("Cid");
        assertThat(next).isCompletedWithValue("Cid");
    }

    @Test
    void aRefusalSaysWhatRefusedWhomAndWhy() {
        PlannedMethod method = PlannedMethod.with(one(SHORT, 0));
        call(method, "Ann");

        Throwable failure = Results.failure(call(method, "Bob"));

        assertThat(failure)
                .isInstanceOf(RejectedExecutionException.class)
                .isInstanceOfSatisfying(CallRejectedException.class, refused -> {
                    assertThat(refused.policy()).isEqualTo("bulkhead");
                    assertThat(refused.name()).isEqualTo(PlannedMethod.NAME);
                    assertThat(refused.key()).isEmpty();
                    assertThat(refused.reason()).isEqualTo(Reason.QUEUE_FULL);
                    assertThat(refused.retryAfter()).isEmpty();
                })
                .hasMessage("Call of 'prices.find' refused by bulkhead: QUEUE_FULL");
        this.work.end("Ann");
    }

    @Test
    void whenTheApplicationStopsThoseWhoWaitAreRefusedAndWhatRunsGoesOn() {
        AbortSource stopping = new AbortSource();
        PlannedMethod method = PlannedMethod.with(one(SHORT, 1000)).stoppingWith(stopping);
        CompletableFuture<String> running = call(method, "Ann");
        CompletableFuture<String> waiting = call(method, "Bob");

        stopping.abort(AbortReason.shutdown("closing"));

        assertThat(refusal(waiting)).isEqualTo(Reason.CLOSED);
        assertThat(running).isNotDone();
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann");
    }

    @Test
    void aCallThatNeedNotWaitTellsNothing() {
        PlannedMethod method = PlannedMethod.with(one(SHORT, 1000));

        call(method, "Ann");
        this.work.end("Ann");

        assertThat(method.events()).isEmpty();
    }

    @Test
    void aWaitIsToldWithItsLength() {
        PlannedMethod method = PlannedMethod.with(one(SHORT, 1000));
        call(method, "Ann");
        call(method, "Bob");
        this.time.advance(Duration.ofMillis(7));

        this.work.end("Ann");

        assertThat(method.events()).containsExactly(LineEvent.WAITING, LineEvent.LET_IN);
        assertThat(method.detail(LineEvent.WAITING)).isEqualTo("bulkhead");
        assertThat(method.detail(LineEvent.LET_IN)).isEqualTo(new Waited("bulkhead", Duration.ofMillis(7)));
        this.work.end("Bob");
    }

    @Test
    void aWaitThatWasInVainIsToldWithTheRefusal() {
        PlannedMethod method = PlannedMethod.with(one(SHORT, 1000));
        call(method, "Ann");
        CompletableFuture<String> waiting = call(method, "Bob");

        this.time.advance(SHORT);

        assertThat(method.events()).containsExactlyInAnyOrder(LineEvent.WAITING, LineEvent.REJECTED, LineEvent.LEFT);
        assertThat(method.detail(LineEvent.LEFT)).isEqualTo(new Waited("bulkhead", SHORT));
        assertThat(method.detail(LineEvent.REJECTED)).isSameAs(Results.failure(waiting));
    }

    @Test
    void aCallThatMayNotWaitHasNotBeenInLineAndDoesNotLeaveIt() {
        PlannedMethod noLine = PlannedMethod.with(one(SHORT, 0));
        PlannedMethod noTime = PlannedMethod.with(one(Duration.ZERO, 1000));
        call(noLine, "Ann");
        call(noTime, "Bob");

        call(noLine, "Cid");
        call(noTime, "Dee");

        assertThat(noLine.events()).containsExactly(LineEvent.REJECTED);
        assertThat(noTime.events()).containsExactly(LineEvent.REJECTED);
    }

    @Test
    void aCallerThatGivesUpIsNoRefusal() {
        PlannedMethod method = PlannedMethod.with(one(SHORT, 1000));
        call(method, "Ann");

        call(method, "Bob").cancel(true);

        assertThat(method.events()).containsExactly(LineEvent.WAITING, LineEvent.LEFT);
    }
}
