package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.InFlight;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The caller's own future: what the caller does to it reaches the work, and never the other way round. */
class CallFutureTests {

    private final VirtualTime time = new VirtualTime();
    private final InFlight inFlight = new InFlight();
    private final PlannedMethod method = PlannedMethod.with(
                    RetryPolicy.times(3).time(this.time).build(),
                    TimeoutPolicy.of(Duration.ofMinutes(1), true, this.time))
            .trackedBy(this.inFlight);
    private final CompletableFuture<String> work = new CompletableFuture<>();
    private final AtomicReference<AbortSignal> signal = new AtomicReference<>();

    private CompletableFuture<String> started() {
        return this.method.start(() -> {
            this.signal.set(AbortSignal.current());
            return this.work;
        });
    }

    private static Arguments way(String name, Consumer<CompletableFuture<String>> givingUp) {
        return Arguments.of(name, givingUp);
    }

    static Stream<Arguments> waysToGiveUp() {
        return Stream.of(
                way("cancel(true)", future -> future.cancel(true)),
                way("cancel(false)", future -> future.cancel(false)),
                way("complete", future -> future.complete("0.00")),
                way("completeExceptionally", future -> future.completeExceptionally(new IOException("bored"))),
                way("completeAsync", future -> future.completeAsync(() -> "0.00", Runnable::run)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToGiveUp")
    void aCallerThatGivesUpAbortsTheSignalAndCancelsTheWork(String name, Consumer<CompletableFuture<String>> givingUp) {
        CompletableFuture<String> call = started();

        givingUp.accept(call);

        assertThat(call).isDone();
        assertThat(this.signal.get().reason()).hasValueSatisfying(reason -> {
            assertThat(reason.kind()).isEqualTo(Kind.CALLER_CANCELLED);
            assertThat(reason.message()).contains(PlannedMethod.NAME);
        });
        assertThat(this.work).isCancelled();
        assertThat(this.time.pending()).isZero();
        assertThat(this.inFlight.size()).isZero();
    }

    @Test
    void aTimeoutOfTheCallersOwnAbortsTheSignalAndCancelsTheWork() throws Exception {
        CompletableFuture<String> call = started();

        call.orTimeout(1, TimeUnit.MILLISECONDS);

        assertThat(Results.awaitFailure(call)).isInstanceOf(TimeoutException.class);
        assertThat(Results.awaitFailure(this.work)).isInstanceOf(CancellationException.class);
        assertThat(this.signal.get().reason().orElseThrow().kind()).isEqualTo(Kind.CALLER_CANCELLED);
    }

    @Test
    void aDefaultOfTheCallersOwnAbortsTheSignalAndCancelsTheWork() throws Exception {
        CompletableFuture<String> call = started();

        call.completeOnTimeout("0.00", 1, TimeUnit.MILLISECONDS);

        assertThat(Results.await(call)).isEqualTo("0.00");
        assertThat(Results.awaitFailure(this.work)).isInstanceOf(CancellationException.class);
        assertThat(this.signal.get().reason().orElseThrow().kind()).isEqualTo(Kind.CALLER_CANCELLED);
    }

    @Test
    void cancelAnswersAsAFutureDoes() {
        CompletableFuture<String> call = started();

        assertThat(call.cancel(true)).isTrue();
        assertThat(call.cancel(true)).isTrue();
        assertThat(call.isCancelled()).isTrue();
        assertThat(call.complete("7.30")).isFalse();
    }

    @Test
    void cancelComesTooLateForAFutureThatIsDone() {
        CompletableFuture<String> call = started();
        this.work.complete("7.30");

        assertThat(call.cancel(true)).isFalse();

        assertThat(call).isCompletedWithValue("7.30");
        assertThat(this.signal.get().aborted()).isFalse();
    }

    @Test
    void completingComesTooLateForAFutureThatIsDone() {
        CompletableFuture<String> call = started();
        this.work.complete("7.30");

        assertThat(call.complete("0.00")).isFalse();
        assertThat(call.completeExceptionally(new IOException("late"))).isFalse();

        assertThat(this.signal.get().aborted()).isFalse();
    }

    @Test
    void whatTheCallerCompletesItWithStays() {
        CompletableFuture<String> call = started();

        call.complete("0.00");
        this.work.complete("7.30");

        assertThat(call).isCompletedWithValue("0.00");
    }

    @Test
    void theUsersFutureIsOnlyEverCancelled() {
        CompletableFuture<String> call = started();

        call.complete("0.00");

        assertThat(this.work.isCancelled()).isTrue();
        assertThat(Results.failure(this.work)).isExactlyInstanceOf(CancellationException.class);
    }

    @Test
    void theWorkIsCancelledBeforeTheCallerGoesOn() {
        CompletableFuture<String> call = started();
        CompletableFuture<Boolean> workWasOver = call.handle((value, failure) -> this.work.isDone());

        call.cancel(true);

        assertThat(workWasOver).isCompletedWithValue(true);
    }

    @Test
    void theTimersAreGoneBeforeTheCallerGoesOn() {
        CompletableFuture<String> call = started();
        CompletableFuture<Integer> timers = call.thenApply(value -> this.time.pending());

        this.work.complete("7.30");

        assertThat(timers).isCompletedWithValue(0);
    }

    @Test
    void cancellingTellsTheReasonOnEveryJdk() {
        CompletableFuture<String> call = started();

        call.cancel(true);

        // From JDK 23 on, join and get put a CancellationException around a subclass of it.
        for (Throwable thrown : List.of(
                catchThrowable(call::join), catchThrowable(call::get), catchThrowable(() -> call.getNow("0.00")))) {
            assertThat(thrown).isInstanceOf(CancellationException.class);
            assertThat(AbortReason.from(thrown))
                    .hasValueSatisfying(reason -> assertThat(reason.kind()).isEqualTo(Kind.CALLER_CANCELLED));
        }
    }

    @Test
    void aFailureIsWrappedOnceByJoinAndGet() {
        IOException failure = new IOException("reset");
        PlannedMethod plain = PlannedMethod.with();

        CompletableFuture<String> call = plain.start(() -> CompletableFuture.failedFuture(failure));

        assertThat(catchThrowable(call::join))
                .isInstanceOf(CompletionException.class)
                .hasCause(failure);
        assertThat(catchThrowable(call::get))
                .isInstanceOf(ExecutionException.class)
                .hasCause(failure);
    }

    @Test
    void cancellingADependentStageHurtsNobody() {
        CompletableFuture<String> call = started();
        CompletableFuture<String> one = call.thenApply(value -> "one: " + value);
        CompletableFuture<String> other = call.thenApply(value -> "other: " + value);

        one.cancel(true);
        this.work.complete("7.30");

        assertThat(call).isCompletedWithValue("7.30");
        assertThat(one).isCancelled();
        assertThat(other).isCompletedWithValue("other: 7.30");
    }

    @Test
    void completingACopyHurtsNobody() {
        CompletableFuture<String> call = started();

        call.copy().complete("0.00");

        assertThat(call).isNotDone();
        assertThat(this.work).isNotDone();
    }

    @Test
    void cancellingTheCallSettlesEveryDependent() {
        CompletableFuture<String> call = started();
        CompletableFuture<String> one = call.thenApply(value -> "one: " + value);
        CompletableFuture<String> other = call.exceptionally(failure -> "other");

        call.cancel(true);

        assertThat(one).isCompletedExceptionally();
        assertThat(other).isCompletedWithValue("other");
    }

    @Test
    void eachCallHasAFutureOfItsOwn() {
        CompletableFuture<String> one = started();
        CompletableFuture<String> other = this.method.start(CompletableFuture::new);

        one.cancel(true);

        assertThat(one).isNotSameAs(other);
        assertThat(other).isNotDone();
        assertThat(this.inFlight.size()).isOne();
    }

    @Test
    void anAbortOfThePassedSignalSettlesTheCall() {
        AbortSource passed = new AbortSource();
        CompletableFuture<String> call = this.method.start(passed, () -> this.work);

        passed.abort(AbortReason.application("enough"));

        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason())
                                .isSameAs(passed.reason().orElseThrow()));
        assertThat(this.work).isCancelled();
        assertThat(this.inFlight.size()).isZero();
    }

    @Test
    void whatTheWorkMakesOfAnAbortIsSuppressed() {
        AbortSource passed = new AbortSource();
        IOException made = new IOException("closed by the cancel");
        CompletableFuture<String> stubborn = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return completeExceptionally(made);
            }
        };
        CompletableFuture<String> call = PlannedMethod.with().start(passed, () -> stubborn);

        passed.abort(AbortReason.application("enough"));

        assertThat(Results.failure(call)).isInstanceOf(AbortedException.class).hasSuppressedException(made);
    }

    @Test
    void workThatIgnoresTheAbortDoesNotKeepTheCallerWaiting() {
        CompletableFuture<String> deaf = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        CompletableFuture<String> call = this.method.start(() -> deaf);

        call.cancel(true);

        assertThat(call).isCancelled();
        assertThat(this.time.pending()).isZero();
        assertThat(this.inFlight.size()).isZero();
    }

    @Test
    void cancellingFromAListenerOfItsOwnSignalSettlesIt() {
        AtomicReference<CompletableFuture<String>> call = new AtomicReference<>();
        List<Boolean> answers = new ArrayList<>();
        AbortSource passed = new AbortSource();
        call.set(this.method.start(passed, () -> {
            AbortSignal.current().onAbort(reason -> answers.add(call.get().cancel(true)));
            return this.work;
        }));

        passed.abort(AbortReason.application("enough"));

        assertThat(answers).containsExactly(true);
        assertThat(call.get()).isCancelled();
    }

    @Test
    void aFutureThatIsCompletedAlreadyIsReturnedAsItIs() {
        CompletableFuture<String> done = CompletableFuture.completedFuture("7.30");

        assertThat(this.method.start(() -> done)).isSameAs(done);
        assertThat(this.time.pending()).isZero();
        assertThat(this.inFlight.size()).isZero();
    }

    @Test
    void aFutureThatHasFailedAlreadyIsNotTheUsersOwn() {
        CompletableFuture<String> failed = CompletableFuture.failedFuture(new IOException("reset"));

        CompletableFuture<String> call = PlannedMethod.with().start(() -> failed);

        assertThat(call).isNotSameAs(failed).isCompletedExceptionally();
    }

    @Test
    void theSignalOfACallThatIsOverAbortsNoMore() {
        AbortSource passed = new AbortSource();
        this.method.start(passed, () -> {
            this.signal.set(AbortSignal.current());
            return this.work;
        });
        this.work.complete("7.30");

        passed.abort(AbortReason.application("enough"));

        assertThat(this.signal.get().aborted()).isFalse();
    }
}
