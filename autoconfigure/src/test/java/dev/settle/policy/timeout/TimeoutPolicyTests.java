package dev.settle.policy.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.CallPhase;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** One call against its deadline, in virtual time. */
class TimeoutPolicyTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);

    private TimeoutPolicy timeout(Duration limit) {
        return TimeoutPolicy.of(limit, true, this.time);
    }

    private TimeoutPolicy lenientTimeout() {
        return TimeoutPolicy.of(LIMIT, false, this.time);
    }

    private CompletableFuture<String> timedOut() {
        this.provider.thenWaits();
        CompletableFuture<String> call = timeout(LIMIT).call(this.provider);
        this.time.advance(LIMIT);
        return call;
    }

    @Test
    void aCallThatEndsInTimeHasItsValue() {
        this.provider.thenTakes(Duration.ofMillis(1999), "7.30");

        CompletableFuture<String> call = timeout(LIMIT).call(this.provider);
        this.time.advance(LIMIT);

        assertThat(call).isCompletedWithValue("7.30");
        assertThat(this.provider.signals().get(0).aborted()).isFalse();
    }

    @Test
    void aCallIsGivenUpAtItsLimitAndNotBefore() {
        this.provider.thenWaits();
        CompletableFuture<String> call = timeout(LIMIT).call(this.provider);

        this.time.advance(LIMIT.minusNanos(1));
        boolean before = call.isDone();
        this.time.advance(Duration.ofNanos(1));

        assertThat(before).isFalse();
        assertThat(call).isCompletedExceptionally();
    }

    @Test
    void theCallerGetsATimeoutWithItsFacts() {
        assertThat(Results.failure(timedOut())).isInstanceOfSatisfying(CallTimeoutException.class, timeout -> {
            assertThat(timeout).hasCauseInstanceOf(TimeoutException.class);
            assertThat(timeout.limit()).isEqualTo(LIMIT);
            assertThat(timeout.elapsed()).isEqualTo(LIMIT);
            assertThat(timeout.phase()).isEqualTo(CallPhase.RUNNING);
            assertThat(timeout.reason().kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(timeout).hasMessageContaining("2 s").hasMessageContaining("RUNNING");
        });
    }

    @Test
    void aTimeoutIsNoCancellation() {
        CompletableFuture<String> call = timedOut();

        assertThat(call.isCancelled()).isFalse();
        assertThat(Results.failure(call)).isNotInstanceOf(CancellationException.class);
    }

    @Test
    void theReasonIsFoundThroughTheWrappersOfTheJdk() {
        CompletableFuture<String> call = timedOut();

        assertThat(List.of(catchThrowable(call::join), catchThrowable(call::get)))
                .allSatisfy(thrown -> assertThat(
                                AbortReason.from(thrown).orElseThrow().kind())
                        .isEqualTo(Kind.TIMEOUT));
    }

    @Test
    void theSignalIsAborted() {
        timedOut();

        assertThat(this.provider.signals().get(0).reason().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void theSignalAndTheExceptionTellTheSameReason() {
        CompletableFuture<String> call = timedOut();

        assertThat(((CallTimeoutException) Results.failure(call)).reason())
                .isSameAs(this.provider.signals().get(0).reason().orElseThrow());
    }

    @Test
    void theSignalIsAbortedOnce() {
        List<AbortReason> reasons = new ArrayList<>();
        CompletableFuture<String> call = timeout(LIMIT).call(() -> {
            AbortSignal.current().onAbort(reasons::add);
            return new CompletableFuture<>();
        });

        this.time.advance(LIMIT);
        call.cancel(true);
        this.time.advance(LIMIT);

        assertThat(reasons).hasSize(1);
    }

    @Test
    void theMethodsOwnFutureIsCancelled() {
        timedOut();

        assertThat(this.provider.future(1)).isCancelled();
    }

    @Test
    void withoutCancelTheMethodsOwnFutureIsLeftAloneAndTheSignalAbortsAllTheSame() {
        this.provider.thenWaits();
        CompletableFuture<String> call = lenientTimeout().call(this.provider);

        this.time.advance(LIMIT);

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(this.provider.future(1)).isNotDone();
        assertThat(this.provider.signals().get(0).reason().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void withoutCancelTheCallersCancelStillReachesTheWork() {
        this.provider.thenWaits();
        CompletableFuture<String> call = lenientTimeout().call(this.provider);

        call.cancel(true);

        assertThat(this.provider.future(1)).isCancelled();
    }

    @Test
    void theWorkIsOverBeforeTheCallerGoesOn() {
        this.provider.thenWaits();
        CompletableFuture<String> call = timeout(LIMIT).call(this.provider);
        CompletableFuture<Boolean> over =
                call.handle((value, failure) -> this.provider.future(1).isDone() && this.time.pending() == 0);

        this.time.advance(LIMIT);

        assertThat(over).isCompletedWithValue(true);
    }

    @Test
    void aLateResultIsIgnored() {
        this.provider.thenWaits();
        CompletableFuture<String> call = lenientTimeout().call(this.provider);
        this.time.advance(LIMIT);

        this.provider.future(1).complete("7.30");

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
    }

    @Test
    void aLateFailureIsIgnored() {
        this.provider.thenWaits();
        CompletableFuture<String> call = lenientTimeout().call(this.provider);
        this.time.advance(LIMIT);

        this.provider.future(1).completeExceptionally(new IOException("reset"));

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
    }

    @Test
    void aResultThatIsThereAtTheDeadlineWins() {
        this.provider.thenWaits();
        CompletableFuture<String> call = timeout(LIMIT).call(this.provider);
        this.time.schedule(LIMIT.toNanos(), () -> this.provider.future(1).complete("7.30"));

        this.time.advance(LIMIT);

        assertThat(call).isCompletedWithValue("7.30");
    }

    @Test
    void aResultThatTheMethodHasAtExactlyItsDeadlineWins() {
        this.provider.thenTakes(LIMIT, "7.30");
        CompletableFuture<String> call = timeout(LIMIT).call(this.provider);

        this.time.advance(LIMIT);

        assertThat(call).isCompletedWithValue("7.30");
        assertThat(this.provider.signals().get(0).aborted()).isFalse();
    }

    @Test
    void aFailureThatIsThereAtTheDeadlineWins() {
        IOException failure = new IOException("reset");
        this.provider.thenTakes(LIMIT, failure);
        CompletableFuture<String> call = timeout(LIMIT).call(this.provider);

        this.time.advance(LIMIT);

        assertThat(Results.failure(call)).isSameAs(failure);
    }

    @Test
    void aResultAfterTheDeadlineLoses() {
        this.provider.thenTakes(LIMIT.plusNanos(1), "7.30");
        CompletableFuture<String> call = timeout(LIMIT).call(this.provider);

        this.time.advance(LIMIT.multipliedBy(2));

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
    }

    @Test
    void threeHundredYearsAreForEver() {
        this.provider.thenWaits();
        CompletableFuture<String> call = timeout(Duration.ofDays(300 * 365L)).call(this.provider);

        this.time.advance(Duration.ofDays(100 * 365L));
        boolean pending = !call.isDone();
        this.provider.future(1).complete("7.30");

        assertThat(pending).isTrue();
        assertThat(call).isCompletedWithValue("7.30");
        assertThat(this.provider.signals().get(0).remaining()).isPresent();
    }

    @Test
    void theLongestDurationIsForEver() {
        this.provider.thenWaits();
        CompletableFuture<String> call =
                timeout(Duration.ofSeconds(Long.MAX_VALUE)).call(this.provider);

        this.time.advance(Duration.ofDays(1));

        assertThat(call).isNotDone();
        assertThat(this.time.pending()).isZero();
        call.cancel(true);
    }

    @Test
    void theTimerIsRemovedWhenThereIsAValue() {
        this.provider.thenWaits();
        CompletableFuture<String> call = timeout(LIMIT).call(this.provider);
        int armed = this.time.pending();

        this.provider.future(1).complete("7.30");

        assertThat(armed).isOne();
        assertThat(call).isDone();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void theTimerIsRemovedWhenThereIsAValueAtOnce() {
        this.provider.thenAnswers("7.30");

        assertThat(timeout(LIMIT).call(this.provider)).isCompletedWithValue("7.30");
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void theTimerIsRemovedWhenThereIsAFailure() {
        this.provider.thenWaits();
        CompletableFuture<String> call = timeout(LIMIT).call(this.provider);

        this.provider.future(1).completeExceptionally(new IOException("reset"));

        assertThat(call).isDone();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void theTimerIsRemovedWhenTheMethodThrows() {
        this.provider.thenThrows(new IOException("refused"));

        assertThat(timeout(LIMIT).call(this.provider)).isCompletedExceptionally();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void theTimerIsRemovedWhenTheCallerCancels() {
        this.provider.thenWaits();
        CompletableFuture<String> call = timeout(LIMIT).call(this.provider);

        call.cancel(true);

        assertThat(call).isCancelled();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void theTimerIsRemovedWhenTheCallerCancelsAndTheWorkDoesNotEnd() {
        CompletableFuture<String> call = timeout(LIMIT).call(() -> new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        });

        call.cancel(true);

        assertThat(call).isCancelled();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aCallThatIsGivenUpFromOutsideIsNoTimeout() {
        AbortSource passed = new AbortSource();
        PlannedMethod method = PlannedMethod.with(timeout(LIMIT));
        method.start(passed, () -> new CompletableFuture<String>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        });

        passed.abort(AbortReason.application("enough"));
        this.time.advance(LIMIT);

        assertThat(method.events()).isEmpty();
    }

    @Test
    void theTimeoutExceptionHasNoStackTraceOfATimer() {
        assertThat(Results.failure(timedOut()).getStackTrace()).isEmpty();
    }

    @Test
    void theDefaultCancelsInRealTime() throws Exception {
        CompletableFuture<String> work = new CompletableFuture<>();

        CompletableFuture<String> call = TimeoutPolicy.of(Duration.ofMillis(20)).call(() -> work);

        assertThat(Results.awaitFailure(call))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(20)));
        // On a machine that is busy the caller may be told first.
        Results.until(work::isCancelled);
    }
}
