package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.core.HandWork;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that need several keys at once. */
class SeveralKeysTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final KeyedMutex<String> accounts = KeyedMutex.create(WaitBounds.DEFAULT, this.time);

    private CompletableFuture<String> transfer(String from, String to, String name) {
        return this.accounts.callAll(Arrays.asList(from, to), () -> this.work.start(name));
    }

    private CompletableFuture<String> call(String account, String name) {
        return this.accounts.call(account, () -> this.work.start(name));
    }

    private void end(String... names) {
        List.of(names).forEach(this.work::end);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.accounts.keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void allKeysAreLocked() {
        transfer("a", "b", "Ann");

        call("a", "Bob");
        call("b", "Cid");
        call("c", "Dee");

        assertThat(this.work.started()).containsExactly("Ann", "Dee");
        end("Ann", "Bob", "Cid", "Dee");
    }

    @Test
    void aKeyThatIsThereTwiceIsLockedOnce() {
        CompletableFuture<String> call = transfer("a", "a", "Ann");

        assertThat(this.accounts.keys()).isOne();
        end("Ann");
        assertThat(call).isCompletedWithValue("Ann");
    }

    @Test
    void itStartsWhenTheLastOfItsKeysIsFree() {
        call("a", "Ann");
        call("b", "Bob");
        transfer("b", "a", "Cid");

        end("Ann");
        assertThat(this.work.started()).doesNotContain("Cid");
        end("Bob");

        assertThat(this.work.started()).contains("Cid");
        end("Cid");
    }

    @Test
    void bothWaysTheyWaitForEachOtherAndBothEnd() {
        CompletableFuture<String> there = transfer("a", "b", "there");
        CompletableFuture<String> back = transfer("b", "a", "back");

        end("there", "back");

        assertThat(there).isCompletedWithValue("there");
        assertThat(back).isCompletedWithValue("back");
    }

    @Test
    void aRingOfThreeEnds() {
        List<CompletableFuture<String>> calls =
                List.of(transfer("a", "b", "1"), transfer("b", "c", "2"), transfer("c", "a", "3"));

        end("1", "2", "3");

        assertThat(calls).allMatch(CompletableFuture::isDone);
    }

    @Test
    void aLaterKeyThatIsRefusedGivesBackTheEarlierOne() {
        call("b", "Bob");
        CompletableFuture<String> both = transfer("a", "b", "Ann");
        this.time.advance(Duration.ofSeconds(30));
        assertThat(both).isCompletedExceptionally();

        call("a", "Cid");

        assertThat(this.work.started()).containsExactly("Bob", "Cid");
        end("Bob", "Cid");
    }

    @Test
    void aCancelThatComesDuringTheSecondWaitGivesBackTheFirstKey() {
        call("b", "Bob");
        CompletableFuture<String> both = transfer("a", "b", "Ann");
        call("a", "Cid");

        both.cancel(true);

        assertThat(this.work.started()).containsExactly("Bob", "Cid");
        end("Bob", "Cid");
    }

    @Test
    void allWaitsTogetherTakeNoLongerThanOne() {
        call("a", "Ann");
        call("b", "Bob");
        CompletableFuture<String> both = transfer("a", "b", "Cid");
        this.time.advance(Duration.ofSeconds(20));
        end("Ann");

        this.time.advance(Duration.ofSeconds(10));

        assertThat(Results.failure(both))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED));
        end("Bob");
    }

    @Test
    void aRefusalTellsTheKeyThatWasNotFree() {
        call("b", "Bob");
        CompletableFuture<String> both = transfer("a", "b", "Ann");

        this.time.advance(Duration.ofSeconds(30));

        assertThat(Results.failure(both))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.key()).contains("b"));
        end("Bob");
    }

    @Test
    void oneKeyThatIsNullIsAnErrorAndTheOthersStayFree() {
        CompletableFuture<String> call = transfer("a", null, "Ann");

        assertThat(Results.failure(call)).isInstanceOf(IllegalArgumentException.class);
        assertThat(this.accounts.keys()).isZero();
    }

    @Test
    void underNoKeyItRunsAtOnce() {
        this.accounts.callAll(List.of(), () -> this.work.start("Ann"));
        this.accounts.callAll(List.of(), () -> this.work.start("Bob"));

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        end("Ann", "Bob");
    }

    @Test
    void theKeysMayChangeWhileTheyAreLocked() {
        List<String> keys = new ArrayList<>(List.of("a", "b"));
        this.accounts.callAll(keys, () -> this.work.start("Ann"));
        keys.clear();

        call("a", "Bob");

        assertThat(this.work.started()).containsExactly("Ann");
        end("Ann", "Bob");
    }

    @Test
    void oneKeyTooManyIsRefusedAndTheOthersStayFree() {
        Mutex two = Mutex.keyed(OnConflict.WAIT, WaitBounds.DEFAULT, 2, this.time);
        PlannedMethod method = PlannedMethod.with(two);

        CompletableFuture<String> call = Mutex.call(method, List.of("a", "b", "c"), this.work, "Ann");

        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.KEYS));
        assertThat(two.keys()).isZero();
    }

    @Test
    void anArrayIsSeveralKeys() {
        PlannedMethod method = PlannedMethod.with(Mutex.keyed(OnConflict.WAIT, this.time));
        Mutex.call(method, new int[] {1, 2}, this.work, "Ann");

        Mutex.call(method, 2, this.work, "Bob");

        assertThat(this.work.started()).containsExactly("Ann");
        end("Ann", "Bob");
    }
}
