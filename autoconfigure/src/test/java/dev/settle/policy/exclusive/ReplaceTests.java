package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.SupersededException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.core.HandWork;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The newest call of a key takes the place of those before it. */
class ReplaceTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final Mutex mutex = Mutex.keyed(OnConflict.REPLACE, this.time);
    private final PlannedMethod method = PlannedMethod.with(this.mutex);

    private CompletableFuture<String> call(Object key, String name) {
        return Mutex.call(this.method, key, this.work, name);
    }

    private CompletableFuture<String> callStubborn(Object key, String name) {
        Mutex.key(key);
        return this.method.start(() -> this.work.startStubborn(name));
    }

    private static void assertSuperseded(CompletableFuture<?> call) {
        assertThat(call).isCancelled();
        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        SupersededException.class,
                        superseded -> assertThat(superseded.reason().kind()).isEqualTo(Kind.SUPERSEDED));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.mutex.keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void theRunningCallIsAbortedAndTheNewOneStarts() {
        CompletableFuture<String> old = call("EUR", "Ann");

        CompletableFuture<String> fresh = call("EUR", "Bob");

        assertSuperseded(old);
        assertThat(this.work.future("Ann")).isCancelled();
        assertThat(this.work.signal("Ann").reason().orElseThrow().kind()).isEqualTo(Kind.SUPERSEDED);
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
        assertThat(fresh).isCompletedWithValue("Bob");
    }

    @Test
    void theReplacedCallerHearsWhichMethodWasCalledLater() {
        CompletableFuture<String> old = call("EUR", "Ann");
        call("EUR", "Bob");

        assertThat(Results.failure(old)).hasMessageContaining("A later call of '" + PlannedMethod.NAME + "'");
        this.work.end("Bob");
    }

    @Test
    void theLockIsKeptUntilTheAbortedWorkHasReallyEnded() {
        CompletableFuture<String> old = callStubborn("EUR", "Ann");

        CompletableFuture<String> fresh = call("EUR", "Bob");

        assertSuperseded(old);
        assertThat(this.work.started()).containsExactly("Ann");
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
        assertThat(fresh).isCompletedWithValue("Bob");
    }

    @Test
    void theNewestOfSeveralThatWaitWins() {
        callStubborn("EUR", "Ann");
        List<CompletableFuture<String>> between = List.of(call("EUR", "Bob"), call("EUR", "Cid"));
        CompletableFuture<String> newest = call("EUR", "Dee");

        assertThat(between).allSatisfy(ReplaceTests::assertSuperseded);
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Dee");
        this.work.end("Dee");
        assertThat(newest).isCompletedWithValue("Dee");
    }

    @Test
    void otherKeysAreLeftAlone() {
        CompletableFuture<String> other = call("USD", "Ann");
        call("EUR", "Bob");
        call("EUR", "Cid");

        assertThat(other).isNotDone();
        this.work.end("Ann");
        this.work.end("Cid");
        assertThat(other).isCompletedWithValue("Ann");
    }

    @Test
    void aCallThatHasEndedIsNotReplaced() {
        CompletableFuture<String> old = call("EUR", "Ann");
        this.work.end("Ann");

        call("EUR", "Bob");

        assertThat(old).isCompletedWithValue("Ann");
        assertThat(this.method.events()).isEmpty();
        this.work.end("Bob");
    }

    @Test
    void theCallerThatHearsOfItsEndAndCallsAgainReplacesNobody() {
        CompletableFuture<String> again = call("EUR", "Ann").thenCompose(value -> call("EUR", "Ann again"));

        this.work.end("Ann");
        this.work.end("Ann again");

        assertThat(again).isCompletedWithValue("Ann again");
        assertThat(this.method.events()).isEmpty();
    }

    @Test
    void oneOfSeveralKeysIsEnoughToBeReplaced() {
        CompletableFuture<String> both = call(List.of("a", "b"), "Ann");

        call("b", "Bob");

        assertSuperseded(both);
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
    }

    @Test
    void aCallOfSeveralKeysReplacesAllThatHaveOneOfThem() {
        CompletableFuture<String> ann = call("a", "Ann");
        CompletableFuture<String> bob = call("b", "Bob");

        CompletableFuture<String> both = call(List.of("b", "a"), "Cid");

        assertSuperseded(ann);
        assertSuperseded(bob);
        this.work.end("Cid");
        assertThat(both).isCompletedWithValue("Cid");
    }

    @Test
    void twoKeysBothWaysLeaveTheLastOneRunning() {
        CompletableFuture<String> there = call(List.of("a", "b"), "there");
        CompletableFuture<String> back = call(List.of("b", "a"), "back");

        assertSuperseded(there);
        assertThat(back).isNotDone();
        assertThat(this.work.started()).containsExactly("there", "back");
        this.work.end("back");
    }

    @Test
    void aNewCallThatIsCancelledWhileItWaitsLeavesTheKeyToTheNext() {
        callStubborn("EUR", "Ann");
        call("EUR", "Bob").cancel(true);
        this.work.end("Ann");

        CompletableFuture<String> next = call("EUR", "Cid");

        assertThat(this.work.started()).containsExactly("Ann", "Cid");
        this.work.end("Cid");
        assertThat(next).isCompletedWithValue("Cid");
    }

    @Test
    void theWaitForWorkThatDoesNotEndIsBounded() {
        callStubborn("EUR", "Ann");
        CompletableFuture<String> fresh = call("EUR", "Bob");

        this.time.advance(Duration.ofSeconds(30));

        assertThat(Results.failure(fresh))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED))
                .hasMessageContaining("held by '" + PlannedMethod.NAME + "'");
        this.work.end("Ann");
    }

    @Test
    void aReplacedCallIsNotTriedAgain() {
        PlannedMethod retried =
                PlannedMethod.with(RetryPolicy.times(3).time(this.time).build(), this.mutex);
        CompletableFuture<String> old = Mutex.call(retried, "EUR", this.work, "Ann");

        call("EUR", "Bob");

        assertSuperseded(old);
        assertThat(this.time.pending()).isZero();
        this.work.end("Bob");
    }

    @Test
    void replacingIsToldWithTheNumberOfThoseReplaced() {
        callStubborn("EUR", "Ann");
        call("EUR", "Bob");

        assertThat(this.method.events()).startsWith(ExclusiveEvent.REPLACED);
        assertThat(this.method.detail(ExclusiveEvent.REPLACED)).isEqualTo(1);
        this.work.end("Ann");
        this.work.end("Bob");
    }

    @Test
    void aCallerWhoCancelsIsNotSuperseded() {
        CompletableFuture<String> call = call("EUR", "Ann");

        call.cancel(true);

        assertThat(Results.failure(call)).isNotInstanceOf(SupersededException.class);
        assertThat(this.work.future("Ann")).isCancelled();
    }

    @Test
    void aCallThatIsGivenUpBeforeItComesReplacesNobody() {
        CompletableFuture<String> running = call("EUR", "Ann");
        AbortSource passed = new AbortSource();
        passed.abort(AbortReason.application("enough"));

        CompletableFuture<String> call = this.method.start(passed, () -> this.work.start("Bob"));

        assertThat(call).isCancelled();
        assertThat(running).isNotDone();
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann");
    }
}
