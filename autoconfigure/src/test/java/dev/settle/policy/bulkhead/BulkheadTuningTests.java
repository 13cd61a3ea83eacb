package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Scope;
import dev.settle.core.HandWork;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.StepPolicy;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bulkhead gets other settings while calls run and wait in it. */
class BulkheadTuningTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final AbortSource stopping = new AbortSource();
    private final BulkheadStep step = new BulkheadStep(settings(2, WaitBounds.DEFAULT), this.time);
    private final PlannedMethod method =
            PlannedMethod.with(new StepPolicy(this.step) {}).stoppingWith(this.stopping);
    private final List<CompletableFuture<String>> calls = new ArrayList<>();

    private static BulkheadSettings settings(int permits, WaitBounds bounds) {
        return new BulkheadSettings(permits, bounds, KeySettings.NONE, Scope.LOCAL);
    }

    private void tune(int permits) {
        this.step.tune(settings(permits, WaitBounds.DEFAULT));
    }

    private CompletableFuture<String> call() {
        String name = "call " + (this.calls.size() + 1);
        CompletableFuture<String> call = this.method.start(() -> this.work.start(name));
        this.calls.add(call);
        return call;
    }

    private void call(int times) {
        IntStream.range(0, times).forEach(i -> call());
    }

    private int started() {
        return this.work.started().size();
    }

    private void end(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> this.work.end("call " + i));
    }

    private static void assertRefused(CompletableFuture<?> call, Reason reason) {
        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @AfterEach
    void nobodyWaitsAndNoTimerIsLeft() {
        assertThat(this.step.only().line().waiting()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void raisedFromTwoToTenItLetsEightMoreInAtOnceAndLosesNobody() {
        call(52);

        tune(10);

        assertThat(started()).isEqualTo(10);
        end(1, 52);
        assertThat(this.calls).allMatch(call -> call.isDone() && !call.isCompletedExceptionally());
        assertThat(this.step.state()).containsEntry("free", 10L);
    }

    @Test
    void whoIsLetInComesInOrder() {
        call(5);

        tune(4);

        assertThat(this.work.started()).containsExactly("call 1", "call 2", "call 3", "call 4");
        end(1, 5);
    }

    @Test
    void loweredItDisturbsNobodyWhoRunsAndLetsNobodyInUntilEnoughHaveEnded() {
        tune(4);
        call(5);

        tune(1);

        end(1, 3);
        assertThat(this.calls.get(3)).isNotDone();
        assertThat(started()).isEqualTo(4);
        end(4, 4);
        assertThat(this.calls.subList(0, 4)).allMatch(call -> !call.isCompletedExceptionally());
        assertThat(started()).isEqualTo(5);
        end(5, 5);
        assertThat(this.step.state()).containsEntry("free", 1L);
    }

    @Test
    void loweredAndRaisedAgainItHasAsManyPermitsAsBefore() {
        call(3);

        tune(1);
        tune(2);

        assertThat(started()).isEqualTo(2);
        end(1, 1);
        assertThat(started()).isEqualTo(3);
        end(2, 3);
        assertThat(this.step.state()).containsEntry("free", 2L);
    }

    @Test
    void whoWaitsAlreadyKeepsItsTimeAndWhoComesLaterHasTheNewOne() {
        call(3);
        this.step.tune(settings(2, new WaitBounds(Duration.ofSeconds(5), 1000)));
        CompletableFuture<String> later = call();

        this.time.advance(Duration.ofSeconds(5));
        assertRefused(later, Reason.WAIT_EXCEEDED);
        this.time.advance(Duration.ofMillis(24_999));
        assertThat(this.calls.get(2)).isNotDone();
        this.time.advance(Duration.ofMillis(1));

        assertRefused(this.calls.get(2), Reason.WAIT_EXCEEDED);
        end(1, 2);
    }

    @Test
    void aShorterLineKeepsThoseWhoAreInItAndTakesNobodyUntilItIsShortEnough() {
        call(5);

        this.step.tune(settings(2, new WaitBounds(Duration.ofSeconds(30), 2)));

        assertRefused(call(), Reason.QUEUE_FULL);
        end(1, 2);
        CompletableFuture<String> inLine = call();
        assertThat(inLine).isNotDone();
        end(3, 5);
        end(7, 7);
        assertThat(this.calls.subList(0, 5)).allMatch(call -> !call.isCompletedExceptionally());
    }

    @Test
    void whoGivesUpAfterItWasLoweredMakesNoRoomAndTheNextIsLetInInItsPlace() {
        call(4);
        tune(1);

        this.calls.get(2).cancel(true);
        end(1, 1);
        assertThat(started()).isEqualTo(2);
        end(2, 2);

        assertThat(this.work.started()).containsExactly("call 1", "call 2", "call 4");
        end(4, 4);
        assertThat(this.step.state()).containsEntry("free", 1L);
    }

    @Test
    void whoHasWaitedTooLongLeavesALineThatWasLowered() {
        call(3);
        tune(1);

        this.time.advance(Duration.ofSeconds(30));

        assertRefused(this.calls.get(2), Reason.WAIT_EXCEEDED);
        end(1, 2);
        assertThat(this.step.state()).containsEntry("free", 1L);
    }

    @Test
    void whoStillWaitsAfterItWasRaisedIsRefusedWhenTheApplicationStops() {
        call(5);
        tune(3);

        this.stopping.abort(AbortReason.application("stop"));

        assertRefused(this.calls.get(3), Reason.CLOSED);
        assertRefused(this.calls.get(4), Reason.CLOSED);
        assertThat(started()).isEqualTo(3);
        end(1, 3);
        assertThat(this.step.state()).containsEntry("free", 3L);
    }

    @Test
    void itMayBeTunedByWhomItHasJustLetIn() {
        call(2);
        CompletableFuture<String> tuning = this.method.start(() -> {
            tune(4);
            return this.work.start("tuning");
        });
        this.calls.add(tuning);
        call(2);

        end(1, 1);

        assertThat(this.work.started()).contains("tuning", "call 4", "call 5");
        this.work.end("tuning");
        end(2, 2);
        end(4, 5);
        assertThat(this.step.state()).containsEntry("free", 4L);
    }

    @Test
    void aCallInsideACallWaitsForItselfOnlyByTheNumberOfNow() {
        tune(1);
        CompletableFuture<String> inner = new CompletableFuture<>();
        this.method.start(() -> {
            tune(2);
            this.method.start(() -> this.work.startAndEnd("inside")).thenAccept(inner::complete);
            return this.work.startAndEnd("outside");
        });

        assertThat(inner).isCompletedWithValue("inside");
    }

    @Test
    void itsNameShowsTheNumberOfNow() {
        tune(7);

        assertThat(this.step).hasToString("Bulkhead 7");
    }
}
