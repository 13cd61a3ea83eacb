package dev.settle.abort;

import static dev.settle.abort.Outcomes.await;
import static dev.settle.abort.Outcomes.entry;
import static dev.settle.abort.Outcomes.failure;
import static dev.settle.abort.Outcomes.outcome;
import static dev.settle.abort.Outcomes.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.Aborted;
import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations that a group keeps track of. */
class TrackTests {

    private final AbortReason reason = AbortReason.application("enough");
    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal();
    private final AsyncAbortController controller = AsyncAbortController.builder()
            .time(this.time)
            .executor(Runnable::run)
            .listener(this.journal)
            .build();
    private final AbortGroup group = this.controller.phase(7);
    private final AbortSource groupSignal = (AbortSource) this.group.signal();

    /** The stage of the operation, which ends by hand. */
    private final CompletableFuture<String> stage = new CompletableFuture<>();

    private CompletableFuture<AbortSignal> signal = new CompletableFuture<>();

    private CompletionStage<String> operation(AbortSignal given) {
        this.signal.complete(given);
        return this.stage;
    }

    private void assertNothingIsLeft() {
        assertThat(this.groupSignal.listenerCount())
                .as("signals inside the group's")
                .isZero();
        assertThat(this.controller.inFlight().size()).as("in flight").isZero();
        assertThat(this.group.report().entries()).as("entries").isEmpty();
        assertThat(this.time.pending()).as("timers").isZero();
    }

    @Test
    void outcomeOfTheOperationIsTheCallers() {
        CompletableFuture<String> caller = this.group.track("operation", this::operation);
        assertThat(caller).isNotDone();

        this.stage.complete("done");

        assertThat(caller).isCompletedWithValue("done");
        assertNothingIsLeft();
    }

    @Test
    void failureOfTheOperationIsTheCallersAsItIs() {
        IOException broken = new IOException("broken");
        CompletableFuture<String> caller = this.group.track("operation", given -> this.stage.thenApply(value -> value));

        this.stage.completeExceptionally(broken);

        assertThat(failure(caller)).isSameAs(broken);
        assertNothingIsLeft();
    }

    @Test
    void operationThatThrowsIsAFailedFuture() {
        IllegalStateException thrown = new IllegalStateException("expected by the test");

        CompletableFuture<String> caller = this.group.track("operation", given -> {
            throw thrown;
        });

        assertThat(failure(caller)).isSameAs(thrown);
        assertNothingIsLeft();
    }

    @Test
    void nullInsteadOfAStageIsAFailedFuture() {
        CompletableFuture<String> caller = this.group.track("operation", given -> null);

        assertThat(failure(caller)).isInstanceOf(NullPointerException.class).hasMessageContaining("'operation'");
        assertNothingIsLeft();
    }

    @Test
    void stageThatCannotBeFollowedIsAFailedFuture() {
        IllegalStateException thrown = new IllegalStateException("expected by the test");

        CompletableFuture<String> caller = this.group.track("operation", given -> Stages.throwing(thrown));

        assertThat(failure(caller)).isSameAs(thrown);
        assertNothingIsLeft();
    }

    @Test
    void stageThatIsNoCompletableFutureIsFollowed() {
        CompletableFuture<String> caller = this.group.track("operation", given -> Stages.followingOnly(this.stage));

        this.stage.complete("done");

        assertThat(caller).isCompletedWithValue("done");
        assertNothingIsLeft();
    }

    @Test
    void operationThatHasEndedAlreadyLeavesNothing() {
        assertThat(this.group.track("operation", given -> CompletableFuture.completedFuture("done")))
                .isCompletedWithValue("done");
        assertNothingIsLeft();
    }

    @Test
    void runningOperationIsInTheReport() {
        this.group.track("operation", this::operation);
        this.time.advance(Duration.ofSeconds(2));

        AbortReport.Entry running = entry(this.group.report(), "operation");

        assertThat(running.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(running.group()).isEqualTo("phase 7");
        assertThat(running.elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void currentSignalInsideIsTheOperations() {
        List<AbortSignal> current = new ArrayList<>();

        this.group.track("operation", given -> {
            current.add(AbortSignal.current());
            return operation(given);
        });

        assertThat(current).containsExactly(this.signal.join());
        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
    }

    @Test
    void signalAbortsAtTheGroupsTurn() {
        this.group.track("operation", this::operation);
        assertThat(this.signal.join().aborted()).isFalse();

        this.group.abortAsync(this.reason);

        assertThat(this.signal.join().reason()).containsSame(this.reason);
    }

    @Test
    void groupSettlesOnlyWhenTheOperationHasEnded() {
        CompletableFuture<String> caller = this.group.track("operation", this::operation);

        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);
        assertThat(settlement).isNotDone();
        assertThat(caller).isNotDone();
        this.stage.complete("done all the same");

        assertThat(outcome(settled(settlement), "operation")).isEqualTo(Outcome.COMPLETED);
        assertThat(caller).isCompletedWithValue("done all the same");
    }

    @Test
    void operationThatEndsAsItWasToldHasNotFailed() {
        CompletableFuture<String> caller = this.group.track("operation", given -> {
            given.onAbort(why -> this.stage.completeExceptionally(AbortSource.exception(why)));
            return operation(given);
        });

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(outcome(report, "operation")).isEqualTo(Outcome.COMPLETED);
        assertThat(report.failures()).isEmpty();
        assertThat(((Aborted) failure(caller)).reason()).isSameAs(this.reason);
    }

    @Test
    void operationThatIsCancelledByItsOwnCodeOnAbortHasNotFailed() {
        this.group.track("operation", given -> {
            given.onAbort(why -> this.stage.cancel(true));
            return operation(given);
        });

        assertThat(settled(this.group.abortAsync(this.reason)).failures()).isEmpty();
    }

    @Test
    void operationThatFailsDuringTheAbortHasFailed() {
        CompletableFuture<String> caller = this.group.track("operation", this::operation);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);
        IOException broken = new IOException("broken");

        this.stage.completeExceptionally(broken);

        assertThat(entry(settled(settlement), "operation").failure()).isSameAs(broken);
        assertThat(failure(caller)).isSameAs(broken);
    }

    @Test
    void operationThatIsCancelledBeforeAnyAbortHasBeenCancelled() {
        CompletableFuture<String> caller = this.group.track("operation", this::operation);

        this.stage.cancel(true);

        assertThat(failure(caller)).isInstanceOf(CancellationException.class);
        assertThat(this.signal.join().aborted()).isFalse();
        assertNothingIsLeft();
    }

    @Test
    void operationThatRunsOutOfTimeIsCancelledAndItsCallerToldTheReason() {
        CompletableFuture<String> caller = this.group.track("operation", this::operation);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason, Duration.ofSeconds(1));

        this.time.advance(Duration.ofSeconds(1));

        assertThat(outcome(settled(settlement), "operation")).isEqualTo(Outcome.TIMED_OUT);
        assertThat(this.stage).isCancelled();
        assertThat(failure(caller)).isInstanceOf(AbortedException.class);
        assertThat(((Aborted) failure(caller)).reason()).isSameAs(this.reason);
        assertThat(caller).isCancelled();
    }

    @Test
    void operationThatCannotBeCancelledIsLeftBehindAndItsLateEndTold() {
        CompletableFuture<String> caller = this.group.track("operation", given -> Stages.followingOnly(this.stage));
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason, Duration.ofSeconds(1));
        this.time.advance(Duration.ofSeconds(1));
        assertThat(settled(settlement).settled()).isTrue();
        assertThat(failure(caller)).isInstanceOf(AbortedException.class);
        assertThat(this.controller.inFlight().size()).as("still running").isEqualTo(1);

        this.time.advance(Duration.ofSeconds(3));
        this.stage.complete("at last");

        assertThat(this.journal.lines()).endsWith("operation late by PT3S");
        assertThat(this.controller.inFlight().size()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysOfGivingUp")
    void whateverTheCallerDoesToItsFutureEndsTheOperation(String way, Consumer<CompletableFuture<String>> giveUp)
            throws Exception {
        CompletableFuture<Kind> told = new CompletableFuture<>();
        CompletableFuture<String> other = this.group.track("other", given -> new CompletableFuture<>());
        CompletableFuture<String> caller = this.group.track("operation", given -> {
            given.onAbort(why -> told.complete(why.kind()));
            return operation(given);
        });

        giveUp.accept(caller);

        assertThat(await(told)).isEqualTo(Kind.CALLER_CANCELLED);
        assertThat(caller).isDone();
        awaitDone(this.stage);
        assertThat(this.stage).isCancelled();
        assertThat(other).isNotDone();
        assertThat(this.groupSignal.aborted()).isFalse();
    }

    static Stream<Arguments> waysOfGivingUp() {
        return Stream.of(
                way("cancel", caller -> caller.cancel(true)),
                way("complete", caller -> caller.complete("never mind")),
                way("completeExceptionally", caller -> caller.completeExceptionally(new IOException())),
                way("orTimeout", caller -> caller.orTimeout(1, TimeUnit.MILLISECONDS)),
                way("completeOnTimeout", caller -> caller.completeOnTimeout("never mind", 1, TimeUnit.MILLISECONDS)),
                way("completeAsync", caller -> caller.completeAsync(() -> "never mind")),
                way(
                        "completeAsync that throws",
                        caller -> caller.completeAsync(() -> {
                            throw new IllegalStateException("expected by the test");
                        })),
                way("obtrudeValue", caller -> caller.obtrudeValue("never mind")),
                way("obtrudeException", caller -> caller.obtrudeException(new IOException())));
    }

    @Test
    void callersFutureTellsTheCallerWhetherItWasTheOneToEndIt() {
        CompletableFuture<String> cancelled = this.group.track("one", given -> new CompletableFuture<>());
        CompletableFuture<String> completed = this.group.track("two", given -> new CompletableFuture<>());
        CompletableFuture<String> failed = this.group.track("three", given -> new CompletableFuture<>());

        assertThat(cancelled.cancel(true)).isTrue();
        assertThat(completed.complete("never mind")).isTrue();
        assertThat(completed.complete("again")).isFalse();
        assertThat(failed.completeExceptionally(new IOException())).isTrue();
        assertThat(failed.completeExceptionally(new IOException())).isFalse();
        assertThat(failed.completeAsync(() -> "too late", Runnable::run)).isSameAs(failed);
    }

    @Test
    void callersFutureKeepsWhatTheCallerGaveIt() {
        IOException given = new IOException("given by the caller");
        CompletableFuture<String> completed = this.group.track("one", signal -> new CompletableFuture<>());
        CompletableFuture<String> obtruded = this.group.track("two", signal -> new CompletableFuture<>());
        CompletableFuture<String> failed = this.group.track("three", signal -> new CompletableFuture<>());

        completed.completeAsync(() -> "never mind", Runnable::run);
        obtruded.obtrudeValue("never mind");
        failed.obtrudeException(given);

        assertThat(completed).isCompletedWithValue("never mind");
        assertThat(obtruded).isCompletedWithValue("never mind");
        assertThat(failure(failed)).isSameAs(given);
    }

    private static Arguments way(String name, Consumer<CompletableFuture<String>> giveUp) {
        return Arguments.of(name, giveUp);
    }

    private static void awaitDone(CompletableFuture<?> future) throws Exception {
        await(future.handle((value, failure) -> true));
    }

    @Test
    void callerThatCancelsAfterTheEndChangesNothing() {
        CompletableFuture<String> caller = this.group.track("operation", this::operation);
        this.stage.complete("done");

        assertThat(caller.cancel(true)).isFalse();
        assertThat(caller.complete("other")).isFalse();

        assertThat(this.signal.join().aborted()).isFalse();
        assertThat(caller).isCompletedWithValue("done");
    }

    @Test
    void callerThatCancelsWhileTheOperationStartsCancelsItsStage() {
        // The future is known to nobody before track returns, but its group's abort may run out of time by then.
        CompletableFuture<String> caller = this.group.track("operation", given -> {
            this.group.abortAsync(this.reason, Duration.ZERO);
            this.time.run();
            return operation(given);
        });

        assertThat(failure(caller)).isInstanceOf(AbortedException.class);
        assertThat(this.stage).isCancelled();
    }

    @Test
    void groupWaitsForTheWorkNotForTheCaller() {
        CompletableFuture<String> caller = this.group.track("operation", given -> Stages.followingOnly(this.stage));
        caller.cancel(true);

        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        assertThat(caller).isCancelled();
        assertThat(settlement).isNotDone();
        this.stage.complete("ended");
        assertThat(outcome(settled(settlement), "operation")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void cancelOfADependentFutureDoesNotReachTheOperation() {
        CompletableFuture<String> caller = this.group.track("operation", this::operation);

        caller.thenApply(value -> value).cancel(true);
        caller.copy().complete("other");

        assertThat(this.signal.join().aborted()).isFalse();
        assertThat(caller).isNotDone();
        this.stage.complete("done");
        assertThat(caller).isCompletedWithValue("done");
    }

    @Test
    void usersFutureIsNeverCompletedOnlyCancelled() {
        CompletableFuture<String> caller = this.group.track("operation", this::operation);

        caller.complete("given by the caller");

        assertThat(this.stage).isCancelled();
    }

    @Test
    void nothingIsInFlightAnyMoreWhenTheCallersFutureCompletes() {
        CompletableFuture<String> caller = this.group.track("operation", this::operation);
        List<Integer> inFlight = new ArrayList<>();
        List<Integer> listeners = new ArrayList<>();
        caller.thenRun(() -> {
            inFlight.add(this.controller.inFlight().size());
            listeners.add(this.groupSignal.listenerCount());
        });
        assertThat(this.controller.inFlight().size()).isEqualTo(1);

        this.stage.complete("done");

        assertThat(inFlight).containsExactly(0);
        assertThat(listeners).containsExactly(0);
    }

    @Test
    void operationIsRefusedFromTheGroupsTurnOn() {
        settled(this.group.abortAsync(this.reason));

        CompletableFuture<String> refused = this.group.track("operation", this::operation);

        assertRefused(refused);
        assertThat(this.controller.inFlight().size()).isZero();
    }

    @Test
    void operationIsRefusedWhileTheGroupAborts() {
        HandCleanup cleanup = new HandCleanup();
        this.group.onAbort("cleanup", cleanup);
        this.group.abortAsync(this.reason);

        assertRefused(this.group.track("operation", this::operation));
        cleanup.finish();
    }

    @Test
    void laterGroupTakesOperationsUntilItsTurn() {
        HandCleanup first = new HandCleanup();
        AbortGroup next = this.group.nextGroup();
        this.group.onAbort("first", first);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        CompletableFuture<String> caller = next.track("operation", this::operation);
        first.finish();

        assertThat(this.signal.join().reason()).containsSame(this.reason);
        assertThat(settlement).isNotDone();
        this.stage.complete("done");
        assertThat(caller).isCompletedWithValue("done");
        assertThat(settled(settlement).settled()).isTrue();
    }

    @Test
    void operationIsRefusedWhileDraining() {
        this.controller.drainAsync();

        assertRefused(this.group.track("operation", this::operation));
        assertNothingIsLeft();
    }

    @Test
    void operationIsTakenAgainAfterReopening() {
        this.controller.drainAsync();
        this.controller.reopen();

        assertThat(this.group.track("operation", this::operation)).isNotDone();
        assertThat(this.signal).isCompleted();
    }

    @Test
    void operationInsideARunningOneIsLetInWhileDraining() {
        List<CompletableFuture<String>> inner = new ArrayList<>();
        this.group.track("outer", given -> {
            this.controller.drainAsync();
            inner.add(this.controller.track("inner", this::operation));
            return new CompletableFuture<>();
        });

        assertThat(inner.get(0)).isNotDone();
        assertThat(this.signal).isCompleted();
        assertThat(this.controller.inFlight().size()).isEqualTo(2);
    }

    @Test
    void operationInsideACleanupIsLetInWhileDraining() {
        AbortGroup next = this.group.nextGroup();
        this.controller.drainAsync();
        this.group.onAbort("cleanup", event -> next.track("inner", this::operation));

        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        assertThat(this.signal).isCompleted();
        assertThat(settlement).isNotDone();
        this.stage.complete("done");
        assertThat(entry(settled(settlement), "cleanup").detail()).isEqualTo("done");
    }

    @Test
    void refusedOperationLeavesNothingBehind() {
        this.group.onAbort("cleanup", event -> null);
        settled(this.group.abortAsync(this.reason));
        int entries = this.group.report().entries().size();

        assertRefused(this.group.track("operation", this::operation));

        assertThat(this.group.report().entries()).hasSize(entries);
        assertThat(this.groupSignal.listenerCount()).isZero();
        assertThat(this.controller.inFlight().size()).isZero();
    }

    @Test
    void inFlightWorkCanBeGivenUp() {
        CompletableFuture<String> caller = this.group.track("operation", this::operation);

        this.controller.inFlight().forEach(work -> work.abort(this.reason));

        assertThat(this.signal.join().reason()).containsSame(this.reason);
        assertThat(caller).isNotDone();
    }

    private void assertRefused(CompletableFuture<String> refused) {
        CallRejectedException rejection = (CallRejectedException) failure(refused);
        assertThat(rejection.reason()).isEqualTo(CallRejectedException.Reason.CLOSED);
        assertThat(rejection.name()).isEqualTo("operation");
        assertThat(this.signal).as("the operation was called").isNotDone();
    }

    @Test
    void operationMayBeGivenAsAnyStage() {
        Function<AbortSignal, CompletableFuture<String>> operation = given -> this.stage;

        assertThat(this.group.track("operation", operation)).isNotDone();
    }
}
