package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.core.HandWork;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers that share a run and give up, each for itself. */
class JoinLeavingTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final Mutex mutex = Mutex.unkeyed(OnConflict.JOIN, this.time);
    private final PlannedMethod method = PlannedMethod.with(this.mutex);
    private final PlannedMethod timed = PlannedMethod.with(TimeoutPolicy.of(LIMIT, true, this.time), this.mutex);

    private CompletableFuture<String> call(String name) {
        return this.method.start(() -> this.work.start(name));
    }

    private CompletableFuture<String> callStubborn(String name) {
        return this.method.start(() -> this.work.startStubborn(name));
    }

    private Kind abortOf(String name) {
        return this.work.signal(name).reason().orElseThrow().kind();
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void oneWhoCancelsHurtsOnlyItself() {
        CompletableFuture<String> ann = call("Ann");
        CompletableFuture<String> bob = call("Bob");

        bob.cancel(true);

        assertThat(bob).isCancelled();
        assertThat(this.work.signal("Ann").aborted()).isFalse();
        this.work.end("Ann");
        assertThat(ann).isCompletedWithValue("Ann");
    }

    @Test
    void theOneWhoBeganTheRunMayCancelToo() {
        CompletableFuture<String> ann = call("Ann");
        CompletableFuture<String> bob = call("Bob");

        ann.cancel(true);

        assertThat(ann).isCancelled();
        assertThat(this.work.future("Ann")).isNotDone();
        this.work.end("Ann");
        assertThat(bob).isCompletedWithValue("Ann");
    }

    @Test
    void theSignalThatTheOneWhoBeganTheRunPassedIsItsOwn() {
        AbortSource passed = new AbortSource();
        CompletableFuture<String> ann = this.method.start(passed, () -> this.work.start("Ann"));
        CompletableFuture<String> bob = call("Bob");

        passed.abort(AbortReason.application("enough"));

        assertThat(Results.failure(ann)).isInstanceOf(AbortedException.class).hasMessage("enough");
        assertThat(this.work.signal("Ann").aborted()).isFalse();
        this.work.end("Ann");
        assertThat(bob).isCompletedWithValue("Ann");
    }

    @Test
    void whenAllHaveCancelledTheWorkIsAborted() {
        CompletableFuture<String> ann = call("Ann");
        CompletableFuture<String> bob = call("Bob");

        ann.cancel(true);
        bob.cancel(true);

        assertThat(this.work.future("Ann")).isCancelled();
        assertThat(abortOf("Ann")).isEqualTo(Kind.CALLER_CANCELLED);
    }

    @Test
    void aTimeoutHurtsOnlyTheCallerThatHasIt() {
        CompletableFuture<String> ann = call("Ann");
        CompletableFuture<String> hasty = this.timed.start(() -> this.work.start("Bob"));

        this.time.advance(LIMIT);

        assertThat(Results.failure(hasty)).isInstanceOf(CallTimeoutException.class);
        assertThat(this.work.signal("Ann").aborted()).isFalse();
        this.work.end("Ann");
        assertThat(ann).isCompletedWithValue("Ann");
    }

    @Test
    void aTimeoutOfTheOneWhoBeganTheRunHurtsOnlyItself() {
        CompletableFuture<String> hasty = this.timed.start(() -> this.work.start("Ann"));
        CompletableFuture<String> bob = call("Bob");

        this.time.advance(LIMIT);

        assertThat(Results.failure(hasty)).isInstanceOf(CallTimeoutException.class);
        this.work.end("Ann");
        assertThat(bob).isCompletedWithValue("Ann");
    }

    @Test
    void whenTheLastOneLeavesByItsTimeoutTheWorkIsAbortedForThatReason() {
        CompletableFuture<String> hasty = this.timed.start(() -> this.work.start("Ann"));
        call("Bob").cancel(true);

        this.time.advance(LIMIT);

        assertThat(Results.failure(hasty)).isInstanceOf(CallTimeoutException.class);
        assertThat(abortOf("Ann")).isEqualTo(Kind.TIMEOUT);
        assertThat(this.work.future("Ann")).isCancelled();
    }

    @Test
    void aNewCallerWaitsForTheRealEndOfARunThatAllHaveLeft() {
        callStubborn("Ann").cancel(true);

        CompletableFuture<String> next = call("Bob");

        assertThat(this.work.started()).containsExactly("Ann");
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
        assertThat(next).isCompletedWithValue("Bob");
    }

    @Test
    void aRunThatAllHaveLeftIsNotJoinedAnyMore() {
        callStubborn("Ann").cancel(true);

        CompletableFuture<String> next = call("Bob");
        this.work.end("Ann");

        assertThat(next).isNotDone();
        this.work.end("Bob");
    }

    @Test
    void anOldRunThatEndsLateDoesNotTakeTheNewOneOffTheList() {
        callStubborn("Ann").cancel(true);
        CompletableFuture<String> bob = call("Bob");
        this.work.end("Ann");

        CompletableFuture<String> cid = call("Cid");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
        assertThat(bob).isCompletedWithValue("Bob");
        assertThat(cid).isCompletedWithValue("Bob");
    }

    @Test
    void aRunThatAllHaveLeftBeforeItHadItsLockNeverStarts() {
        callStubborn("Ann").cancel(true);
        CompletableFuture<String> bob = call("Bob");
        CompletableFuture<String> cid = call("Cid");
        bob.cancel(true);
        cid.cancel(true);

        this.work.end("Ann");

        assertThat(this.work.started()).containsExactly("Ann");
        assertThat(call("Dee")).isNotDone();
        assertThat(this.work.started()).containsExactly("Ann", "Dee");
        this.work.end("Dee");
    }

    @Test
    void theLockIsFreeBeforeTheLastOneWhoLeavesGoesOn() {
        CompletableFuture<String> ann = call("Ann");
        ann.whenComplete((value, failure) -> call("Bob"));

        ann.cancel(true);

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
        assertThat(this.method.events()).isEmpty();
    }
}
