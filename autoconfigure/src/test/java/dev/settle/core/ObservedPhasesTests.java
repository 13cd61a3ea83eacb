package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Retry;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What an observer is told of a call's phases, and of its attempts. */
class ObservedPhasesTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final Watcher watcher = new Watcher();
    private final HandWork work = new HandWork();
    private final Provider provider = new Provider(this.time);

    private PlannedMethod method(StepPolicy... outermostFirst) {
        return PlannedMethod.with(outermostFirst).observedBy(this.watcher);
    }

    private StepPolicy retry(int times) {
        return RetryPolicy.times(times)
                .delay(SECOND, SECOND)
                .jitter(Retry.Jitter.NONE)
                .time(this.time)
                .build();
    }

    @Test
    void eachAttemptIsBetweenTwoWaits() {
        PlannedMethod method = method(retry(1));
        this.provider.thenFails().thenAnswers("7.30");

        method.start(this.provider);
        this.time.advance(SECOND);

        assertThat(this.watcher.journal(1))
                .containsExactly(
                        "begins prices.find",
                        "attempt 1",
                        "returned 1",
                        "attempt 1 ends FAILURE",
                        "RUNNING>WAITING_RETRY",
                        "WAITING_RETRY>RUNNING",
                        "attempt 2",
                        "returned 2",
                        "attempt 2 ends SUCCESS",
                        "ends SUCCESS");
    }

    @Test
    void aCallThatIsLetInWithoutWaitingHasNoOtherPhase() {
        PlannedMethod method = method(AsyncSemaphore.of(1, WaitBounds.DEFAULT, this.time));

        method.start(() -> this.work.startAndEnd("price"));

        assertThat(this.watcher.journal(1)).noneMatch(line -> line.contains(">"));
    }

    @Test
    void aCallThatWaitsForAPermit() {
        PlannedMethod method = method(AsyncSemaphore.of(1, WaitBounds.DEFAULT, this.time));
        method.start(() -> this.work.start("one"));
        method.start(() -> this.work.startAndEnd("other"));

        this.work.end("one");

        assertThat(this.watcher.journal(2))
                .containsExactly(
                        "begins prices.find",
                        "RUNNING>WAITING_BULKHEAD",
                        "WAITING_BULKHEAD>RUNNING",
                        "attempt 1",
                        "returned 1",
                        "attempt 1 ends SUCCESS",
                        "ends SUCCESS");
    }

    @Test
    void aWaitIsOverWithItsCall() {
        PlannedMethod method = method(AsyncSemaphore.of(1, WaitBounds.DEFAULT, this.time));
        method.start(() -> this.work.start("one"));
        CompletableFuture<String> other = method.start(() -> this.work.start("other"));

        other.cancel(true);
        this.work.end("one");

        assertThat(this.watcher.journal(2))
                .containsExactly("begins prices.find", "RUNNING>WAITING_BULKHEAD", "ends CANCELLED");
    }

    @Test
    void anAttemptThatHasRunOutOfTimeMayEndDuringTheNext() {
        PlannedMethod method = method(retry(1), TimeoutPolicy.of(SECOND, false, this.time));
        method.start(() ->
                this.work.started().isEmpty() ? this.work.startStubborn("slow") : this.work.startStubborn("next"));
        this.time.advance(SECOND);
        this.time.advance(SECOND);

        this.work.end("slow");
        this.work.end("next");

        assertThat(this.watcher.journal(1))
                .containsSubsequence(
                        "attempt 1",
                        "given up 1",
                        "RUNNING>WAITING_RETRY",
                        "WAITING_RETRY>RUNNING",
                        "attempt 2",
                        "attempt 1 ends SUCCESS",
                        "attempt 2 ends SUCCESS",
                        "ends SUCCESS");
    }

    @Test
    void aMethodOnItsCallersThreadIsNotGivenUp() throws Exception {
        PlannedMethod method = method(TimeoutPolicy.of(SECOND, true, this.time));
        Caller caller = new Caller(
                "caller",
                () -> method.call(() -> {
                    CompletableFuture<String> never = this.work.start("never");
                    return never.get();
                }));
        HandWork.until(() -> this.work.started().contains("never"));

        this.time.advance(SECOND);

        caller.failure();
        assertThat(this.watcher.journal(1)).endsWith("returned 1", "attempt 1 ends FAILURE", "ends TIMEOUT");
        assertThat(this.watcher.journal(1)).doesNotContain("given up 1");
    }

    @Test
    void anAttemptOfASharedRunBelongsToTheCallWhoseArgumentsAreUsed() {
        SharedRun run = new SharedRun(this.time, false, over -> {});
        PlannedMethod method = method(Steps.policy((call, next) -> {
            CompletableFuture<Object> share = run.gather(call);
            if (run.callers() == 2) {
                run.start((one, inner) -> inner.start(one), next, call);
            }
            return share;
        }));

        method.start(() -> this.work.startAndEnd("earlier"));
        method.start(() -> this.work.startAndEnd("latest"));

        HandWork.until(() -> this.watcher.journal().contains("1 ends SUCCESS"));
        HandWork.until(() -> this.watcher.journal().contains("2 ends SUCCESS"));
        assertThat(this.watcher.journal(1)).containsExactly("begins prices.find", "ends SUCCESS");
        assertThat(this.watcher.journal(2)).contains("attempt 1", "returned 1", "attempt 1 ends SUCCESS");
    }

    @Test
    void aRetryOfASharedRunIsToldToOneWhoHasLeft() {
        SharedRun run = new SharedRun(this.time, false, over -> {});
        PlannedMethod method = method(
                Steps.policy((call, next) -> {
                    CompletableFuture<Object> share = run.gather(call);
                    if (run.callers() == 2) {
                        run.start((one, inner) -> inner.start(one), next, call);
                    }
                    return share;
                }),
                retry(1));
        this.provider.thenFails().thenAnswers("7.30");
        CompletableFuture<String> earlier = method.start(this.provider);
        CompletableFuture<String> latest = method.start(this.provider);

        latest.cancel(true);
        this.time.advance(SECOND);

        HandWork.until(earlier::isDone);
        assertThat(earlier).isCompletedWithValue("7.30");
        assertThat(this.watcher.journal(2))
                .endsWith("ends CANCELLED", "attempt 2", "returned 2", "attempt 2 ends SUCCESS");
    }

    @Test
    void aCallThatIsDoneFromOutsideWhileItsWorkHangsOnHasNoPhaseLeft() {
        PlannedMethod method = method(retry(3), TimeoutPolicy.of(SECOND, true, this.time));
        CompletableFuture<String> call = method.start(() -> this.work.startStubborn("hangs"));
        this.time.advance(SECOND);
        assertThat(this.watcher.journal(1)).endsWith("RUNNING>WAITING_RETRY");

        call.complete("a guess");
        this.time.advance(Duration.ofHours(1));
        this.work.end("hangs");

        assertThat(this.watcher.journal(1))
                .endsWith("RUNNING>WAITING_RETRY", "ends CANCELLED", "attempt 1 ends SUCCESS");
    }

    @Test
    void shutdownsAbortEndsAsOne() {
        AbortSource signal = new AbortSource();
        PlannedMethod method = method(retry(3));
        this.provider.thenFails();
        method.start(signal, this.provider);

        signal.abort(AbortReason.shutdown("the application stops"));

        assertThat(this.watcher.journal(1)).endsWith("RUNNING>WAITING_RETRY", "ends ABORTED");
    }
}
