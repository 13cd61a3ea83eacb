package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls beyond the limit that share one run, with the arguments of the latest of them. */
class ThrottleShareTests {

    private static final Duration WINDOW = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final long origin = this.time.nanoTime();
    private final List<String> runs = new ArrayList<>();
    private final ThrottlePolicy throttle = sharing(1).build();

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private ThrottlePolicy.Builder sharing(int limit) {
        return ThrottlePolicy.sliding(limit, WINDOW).excess(Excess.SHARE).time(this.time);
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    private void note(String argument) {
        this.runs.add(argument + "@"
                + Duration.ofNanos(this.time.nanoTime() - this.origin).toMillis());
    }

    private CompletableFuture<String> call(ThrottlePolicy policy, String argument) {
        return policy.call(() -> {
            note(argument);
            return CompletableFuture.completedFuture(argument);
        });
    }

    private CompletableFuture<String> call(String argument) {
        return call(this.throttle, argument);
    }

    private Callable<CompletableFuture<String>> pending(String argument, CompletableFuture<String> future) {
        return () -> {
            note(argument);
            return future;
        };
    }

    @Test
    void callsBeyondTheLimitShareOneRunWithTheLatestArguments() {
        CompletableFuture<String> a = call("a");
        advance(10);
        CompletableFuture<String> b = call("b");
        CompletableFuture<String> c = call("c");
        assertThat(a).isCompletedWithValue("a");

        advance(90);

        assertThat(this.runs).containsExactly("a@0", "c@100");
        assertThat(b).isCompletedWithValue("c").isNotSameAs(c);
        assertThat(c).isCompletedWithValue("c");
    }

    @Test
    void aLoneCallHasNoSecondRun() {
        call("a");

        advance(1000);

        assertThat(this.runs).containsExactly("a@0");
    }

    @Test
    void aSteadyStreamNeverHasTwoRunsCloserThanTheWindow() {
        ThrottlePolicy slow = ThrottlePolicy.sliding(1, Duration.ofMillis(120))
                .excess(Excess.SHARE)
                .time(this.time)
                .build();
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(call(slow, "" + i));
            advance(50);
        }
        advance(1000);

        assertThat(this.runs).containsExactly("0@0", "2@120", "4@240", "7@360", "9@480");
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompleted());
    }

    @Test
    void aSharedRunBeginsAWindow() {
        call("a");
        call("b");
        advance(100);

        CompletableFuture<String> c = call("c");
        assertThat(c).isNotDone();
        advance(100);

        assertThat(this.runs).containsExactly("a@0", "b@100", "c@200");
    }

    @Test
    void beyondALargerLimitTheRestShareOneRun() {
        ThrottlePolicy two = sharing(2).build();
        call(two, "a");
        advance(30);
        call(two, "b");
        List<CompletableFuture<String>> shared = List.of(call(two, "c"), call(two, "d"), call(two, "e"));

        advance(70);
        CompletableFuture<String> next = call(two, "f");
        advance(30);

        assertThat(this.runs).containsExactly("a@0", "b@30", "e@100", "f@130");
        assertThat(shared).allSatisfy(call -> assertThat(call).isCompletedWithValue("e"));
        assertThat(next).isCompletedWithValue("f");
    }

    @Test
    void allWhoShareARunGetItsFailureAndTheNextRunIsAsGoodAsAny() {
        IllegalStateException failure = new IllegalStateException("refused");
        call("a");
        CompletableFuture<String> b = call("b");
        CompletableFuture<String> c = this.throttle.call(() -> {
            throw failure;
        });
        advance(100);
        CompletableFuture<String> d = call("d");
        advance(100);

        assertThat(Results.failure(b)).isSameAs(failure);
        assertThat(Results.failure(c)).isSameAs(failure);
        assertThat(d).isCompletedWithValue("d");
    }

    @Test
    void aCallerThatGivesUpTakesOnlyItsArgumentsAlong() {
        call("a");
        CompletableFuture<String> b = call("b");
        CompletableFuture<String> c = call("c");

        c.cancel(true);
        advance(100);

        assertThat(c).isCancelled();
        assertThat(b).isCompletedWithValue("b");
        assertThat(this.runs).containsExactly("a@0", "b@100");
    }

    @Test
    void whenAllHaveGivenUpNothingRunsAndNothingIsSpent() {
        call("a");
        CompletableFuture<String> b = call("b");
        CompletableFuture<String> c = call("c");
        c.cancel(true);
        b.cancel(true);
        assertThat(this.time.pending()).isZero();
        advance(100);

        assertThat(call("d")).isCompletedWithValue("d");
        assertThat(this.runs).containsExactly("a@0", "d@100");
    }

    @Test
    void onlyTheLastOneToGiveUpAbortsTheRun() {
        CompletableFuture<String> work = new CompletableFuture<>();
        PlannedMethod method = PlannedMethod.with(this.throttle);
        method.start(pending("a", CompletableFuture.completedFuture("a")));
        CompletableFuture<String> b = method.start(pending("b", work));
        CompletableFuture<String> c = method.start(pending("c", work));
        advance(100);

        c.cancel(true);
        assertThat(work).isNotDone();
        b.cancel(true);

        assertThat(work).isCancelled();
        assertThat(this.runs).containsExactly("a@0", "c@100");
    }

    @Test
    void whileARunGoesOnCallersGatherForTheNext() {
        CompletableFuture<String> work = new CompletableFuture<>();
        PlannedMethod method = PlannedMethod.with(this.throttle);
        method.start(pending("a", CompletableFuture.completedFuture("a")));
        CompletableFuture<String> b = method.start(pending("b", work));
        advance(150);
        CompletableFuture<String> c = method.start(pending("c", CompletableFuture.completedFuture("c")));
        advance(50);

        assertThat(c).isCompletedWithValue("c");
        assertThat(b).isNotDone();
        work.complete("b");
        assertThat(b).isCompletedWithValue("b");
        assertThat(this.runs).containsExactly("a@0", "b@100", "c@200");
    }

    @Test
    void noMoreShareARunThanMayWait() {
        ThrottlePolicy two = sharing(1).queueCapacity(2).build();
        call(two, "a");
        call(two, "b");
        CompletableFuture<String> c = call(two, "c");

        CompletableFuture<String> d = call(two, "d");
        advance(100);

        assertThat(Results.failure(d))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.QUEUE_FULL));
        assertThat(c).isCompletedWithValue("c");
    }

    @Test
    void aWaitThatWouldBeTooLongIsRefusedAtOnce() {
        ThrottlePolicy impatient = sharing(1).maxWait(Duration.ofMillis(50)).build();
        call(impatient, "a");
        CompletableFuture<String> b = call(impatient, "b");
        advance(50);
        CompletableFuture<String> c = call(impatient, "c");
        advance(50);

        assertThat(Results.failure(b)).isInstanceOfSatisfying(CallRejectedException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED);
            assertThat(refused.retryAfter()).contains(WINDOW);
        });
        assertThat(c).isCompletedWithValue("c");
    }

    @Test
    void aCallerWhoseOwnDeadlineIsEarlierThanTheRunIsRefusedAtOnce() {
        call("a");
        CompletableFuture<String> b = call("b");
        PlannedMethod hasty =
                PlannedMethod.with(TimeoutPolicy.of(Duration.ofMillis(50), true, this.time), this.throttle);

        CompletableFuture<String> c = hasty.start(pending("c", CompletableFuture.completedFuture("c")));

        assertThat(Results.failure(c))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED));
        advance(100);
        assertThat(b).isCompletedWithValue("b");
    }

    @Test
    void aCallThatIsAbortedFromTheBeginningLeavesNothingBehind() {
        PlannedMethod method = PlannedMethod.with(this.throttle);
        call("a");
        AbortSource passed = new AbortSource();
        passed.abort(AbortReason.application("enough"));

        CompletableFuture<String> b = method.start(passed, pending("b", CompletableFuture.completedFuture("b")));

        assertThat(Results.failure(b)).hasMessage("enough");
        assertThat(this.time.pending()).isZero();
        advance(100);
        call("c");
        assertThat(this.runs).containsExactly("a@0", "c@100");
    }

    @Test
    void theRunHasASignalOfItsOwn() {
        List<AbortSignal> signals = new ArrayList<>();
        PlannedMethod method = PlannedMethod.with(this.throttle);
        AbortSource passed = new AbortSource();
        call("a");
        CompletableFuture<String> b = call("b");
        CompletableFuture<String> c = method.start(passed, () -> {
            signals.add(AbortSignal.current());
            return new CompletableFuture<String>();
        });
        advance(100);

        passed.abort(AbortReason.application("enough"));

        assertThat(Results.failure(c)).hasMessage("enough");
        assertThat(signals)
                .singleElement()
                .satisfies(signal -> assertThat(signal.aborted()).isFalse());
        b.cancel(true);
        assertThat(signals.get(0).aborted()).isTrue();
    }

    @Test
    void listenersAreToldHowManyShareARun() {
        PlannedMethod method = PlannedMethod.with(this.throttle);
        method.start(pending("a", CompletableFuture.completedFuture("a")));
        method.start(pending("b", CompletableFuture.completedFuture("b")));
        method.start(pending("c", CompletableFuture.completedFuture("c")));
        advance(100);

        assertThat(method.events()).containsExactly(ThrottleEvent.SHARED);
        assertThat(method.detail(ThrottleEvent.SHARED)).isEqualTo(2);
    }
}
