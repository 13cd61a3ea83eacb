package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.core.HandWork;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of one key that share one run. */
class JoinTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final Mutex mutex = Mutex.keyed(OnConflict.JOIN, this.time);
    private final PlannedMethod method = PlannedMethod.with(this.mutex);

    private CompletableFuture<String> call(Object key, String name) {
        return Mutex.call(this.method, key, this.work, name);
    }

    private List<CompletableFuture<String>> five() {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (String name : List.of("Ann", "Bob", "Cid", "Dee", "Eve")) {
            calls.add(call("EUR", name));
        }
        return calls;
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.mutex.keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void fiveCallersHaveOneRunAndItsValue() {
        List<CompletableFuture<String>> calls = five();

        this.work.end("Ann");

        assertThat(this.work.started()).containsExactly("Ann");
        assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("Ann"));
    }

    @Test
    void aFailureIsEverybodys() {
        IOException failure = new IOException("reset");
        List<CompletableFuture<String>> calls = five();

        this.work.future("Ann").completeExceptionally(failure);

        assertThat(calls).allSatisfy(call -> assertThat(Results.failure(call)).isSameAs(failure));
    }

    @Test
    void eachCallerHasAFutureOfItsOwn() {
        assertThat(five()).doesNotHaveDuplicates();
        this.work.end("Ann");
    }

    @Test
    void aCallerAfterTheEndStartsANewRun() {
        call("EUR", "Ann");
        this.work.end("Ann");

        CompletableFuture<String> next = call("EUR", "Bob");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
        assertThat(next).isCompletedWithValue("Bob");
    }

    @Test
    void aCallerAfterAFailureStartsANewRun() {
        call("EUR", "Ann");
        this.work.future("Ann").completeExceptionally(new IOException("reset"));

        call("EUR", "Bob");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
    }

    @Test
    void aCallerThatHearsOfTheEndAndCallsAgainStartsANewRun() {
        CompletableFuture<String> again = call("EUR", "Ann").thenCompose(value -> call("EUR", "Ann again"));

        this.work.end("Ann");

        assertThat(this.work.started()).containsExactly("Ann", "Ann again");
        this.work.end("Ann again");
        assertThat(again).isCompletedWithValue("Ann again");
    }

    @Test
    void workThatThrowsIsAFailureAndNotARunForEver() {
        Mutex.key("EUR");
        CompletableFuture<String> failed = this.method.start(() -> {
            throw new IOException("refused");
        });

        assertThat(Results.failure(failed)).hasMessage("refused");
        assertThat(call("EUR", "Bob")).isNotDone();
        this.work.end("Bob");
    }

    @Test
    void otherKeysHaveRunsOfTheirOwn() {
        call("EUR", "Ann");
        call("USD", "Bob");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Ann");
        this.work.end("Bob");
    }

    @Test
    void withoutKeysTheMethodHasOneRun() {
        PlannedMethod unkeyed = PlannedMethod.with(Mutex.unkeyed(OnConflict.JOIN, this.time));
        CompletableFuture<String> first = unkeyed.start(() -> this.work.start("Ann"));
        CompletableFuture<String> second = unkeyed.start(() -> this.work.start("Bob"));

        this.work.end("Ann");

        assertThat(List.of(first, second)).allMatch(call -> "Ann".equals(call.join()));
    }

    @Test
    void severalKeysInAnotherOrderAreTheSame() {
        call(List.of("a", "b"), "Ann");

        CompletableFuture<String> same = call(List.of("b", "a", "b"), "Bob");

        this.work.end("Ann");
        assertThat(same).isCompletedWithValue("Ann");
    }

    @Test
    void keysThatAreOnlyPartlyTheSameWaitForEachOther() {
        call(List.of("a", "b"), "Ann");

        CompletableFuture<String> partly = call(List.of("b", "c"), "Bob");

        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
        assertThat(partly).isCompletedWithValue("Bob");
    }

    @Test
    void aRunThatStillWaitsForItsLockIsJoinedToo() {
        call(List.of("a", "b"), "Ann");
        CompletableFuture<String> waiting = call("b", "Bob");
        CompletableFuture<String> joined = call("b", "Cid");

        this.work.end("Ann");
        this.work.end("Bob");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        assertThat(waiting).isCompletedWithValue("Bob");
        assertThat(joined).isCompletedWithValue("Bob");
    }

    @Test
    void aRunThatHasWaitedTooLongIsRefusedForAll() {
        call(List.of("a", "b"), "Ann");
        List<CompletableFuture<String>> waiting = List.of(call("b", "Bob"), call("b", "Cid"));

        this.time.advance(Duration.ofSeconds(30));

        assertThat(waiting)
                .allSatisfy(call -> assertThat(Results.failure(call))
                        .isInstanceOfSatisfying(
                                CallRejectedException.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED)));
        this.work.end("Ann");
    }

    @Test
    void joiningIsToldWithTheNumberOfThoseWhoShare() {
        call("EUR", "Ann");
        call("EUR", "Bob");

        assertThat(this.method.events()).containsExactly(ExclusiveEvent.JOINED);
        assertThat(this.method.detail(ExclusiveEvent.JOINED)).isEqualTo(2);
        this.work.end("Ann");
    }

    @Test
    void aMutexSharesWhatIsJoinedAndExcludesWhatIsCalled() {
        KeyedMutex<String> keys = KeyedMutex.create();
        keys.join("EUR", () -> this.work.start("Ann"));
        CompletableFuture<String> joined = keys.join("EUR", () -> this.work.start("Bob"));
        CompletableFuture<String> called = keys.call("EUR", () -> this.work.start("Cid"));
        assertThat(this.work.started()).containsExactly("Ann");

        this.work.end("Ann");
        HandWork.until(() -> this.work.started().contains("Cid"));
        this.work.end("Cid");

        assertThat(this.work.started()).containsExactly("Ann", "Cid");
        HandWork.until(() -> joined.isDone() && called.isDone());
        assertThat(joined).isCompletedWithValue("Ann");
        HandWork.until(() -> keys.keys() == 0);
    }

    @Test
    void callsWithoutAnyKeyHaveNothingInCommon() {
        CompletableFuture<String> ann = call(List.of(), "Ann");
        CompletableFuture<String> bob = call(List.of(), "Bob");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Ann");
        assertThat(bob).isNotDone();
        this.work.end("Bob");
        assertThat(ann).isCompletedWithValue("Ann");
        assertThat(bob).isCompletedWithValue("Bob");
    }
}
