package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.core.AsyncCall;
import dev.settle.core.HandWork;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One runner per key, for plain code. */
class KeyedMutexTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final KeyedMutex<Object> mutex = KeyedMutex.create(WaitBounds.DEFAULT, this.time);

    private CompletableFuture<String> call(Object key, String name) {
        return this.mutex.call(key, () -> this.work.start(name));
    }

    private void end(String... names) {
        List.of(names).forEach(this.work::end);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.mutex.keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void theSecondCallOfAKeyStartsWhenTheFutureOfTheFirstHasSettled() {
        call("EUR", "Ann");
        CompletableFuture<String> second = call("EUR", "Bob");
        assertThat(this.work.started()).containsExactly("Ann");

        end("Ann");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        end("Bob");
        assertThat(second).isCompletedWithValue("Bob");
    }

    @Test
    void callsOfAKeyStartInTheOrderInWhichTheyCame() {
        for (String name : List.of("Ann", "Bob", "Cid", "Dee")) {
            call("EUR", name);
        }

        end("Ann", "Bob", "Cid", "Dee");

        assertThat(this.work.started()).containsExactly("Ann", "Bob", "Cid", "Dee");
    }

    @Test
    void differentKeysDoNotWaitForEachOther() {
        call("EUR", "Ann");
        call("USD", "Bob");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        assertThat(this.mutex.keys()).isEqualTo(2);
        end("Ann", "Bob");
    }

    @Test
    void keysThatAreEqualAreOneKey() {
        call(List.of("EUR", 1), "Ann");
        call(List.of("EUR", 1), "Bob");

        assertThat(this.work.started()).containsExactly("Ann");
        assertThat(this.mutex.keys()).isOne();
        end("Ann", "Bob");
    }

    @Test
    void theLockIsFreeBeforeTheCallerGoesOn() {
        CompletableFuture<Integer> seen = call("EUR", "Ann").thenApply(value -> this.mutex.keys());

        end("Ann");

        assertThat(seen).isCompletedWithValue(0);
    }

    static Stream<Named<AsyncCall<String>>> bad() {
        return Stream.of(
                Named.of("throws", () -> {
                    throw new IOException("refused");
                }),
                Named.of("returns null", () -> null),
                Named.of("returns a failed future", () -> CompletableFuture.failedFuture(new IOException("refused"))));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void workThatFailsUnlocksItsKey(AsyncCall<String> bad) {
        CompletableFuture<String> call = this.mutex.call("EUR", bad);

        assertThat(call).isCompletedExceptionally();
        assertThat(this.mutex.keys()).isZero();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void workThatFailsAfterItHasWaitedUnlocksItsKeyForTheNext(AsyncCall<String> bad) {
        call("EUR", "Ann");
        CompletableFuture<String> call = this.mutex.call("EUR", bad);
        call("EUR", "Bob");

        end("Ann");

        assertThat(call).isCompletedExceptionally();
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        end("Bob");
    }

    @Test
    void aFailureReachesTheCallerAsItIs() {
        IOException failure = new IOException("refused");

        CompletableFuture<String> call = this.mutex.call("EUR", () -> CompletableFuture.failedFuture(failure));

        assertThat(Results.failure(call)).isSameAs(failure);
    }

    @Test
    void aCallerThatCancelsUnlocksTheKeyWithTheWork() {
        CompletableFuture<String> call = call("EUR", "Ann");
        call("EUR", "Bob");

        call.cancel(true);

        assertThat(this.work.future("Ann")).isCancelled();
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        end("Bob");
    }

    @Test
    void workThatIsCancelledButGoesOnKeepsItsKeyLocked() {
        CompletableFuture<String> call = this.mutex.call("EUR", () -> this.work.startStubborn("Ann"));
        call("EUR", "Bob");

        call.cancel(true);

        assertThat(call).isCancelled();
        assertThat(this.work.started()).containsExactly("Ann");
        end("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        end("Bob");
    }

    @Test
    void aCallThatIsCancelledWhileItWaitsNeverStarts() {
        call("EUR", "Ann");
        CompletableFuture<String> waiting = call("EUR", "Bob");
        call("EUR", "Cid");

        waiting.cancel(true);
        end("Ann");

        assertThat(this.work.started()).containsExactly("Ann", "Cid");
        end("Cid");
    }

    @Test
    void aKeyThatIsNullIsAnErrorAndNothingIsLocked() {
        CompletableFuture<String> call = call(null, "Ann");

        assertThat(Results.failure(call))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is null");
        assertThat(Results.failure(this.mutex.join(null, () -> this.work.start("Bob"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(this.work.started()).isEmpty();
    }

    @Test
    void aCallThatHasWaitedTooLongIsRefusedAndNamesTheHolder() {
        call("secret", "Ann");
        CompletableFuture<String> waiting = call("secret", "Bob");

        this.time.advance(Duration.ofSeconds(30));

        assertThat(Results.failure(waiting))
                .isInstanceOfSatisfying(CallRejectedException.class, refused -> {
                    assertThat(refused.policy()).isEqualTo("exclusive");
                    assertThat(refused.name()).isEqualTo("mutex");
                    assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED);
                    assertThat(refused.key()).contains("secret");
                })
                .hasMessageContaining("held by 'mutex'")
                .hasMessageContaining(
                        "called on thread " + Thread.currentThread().getName())
                .hasMessageContaining("30 s ago")
                .hasMessageNotContaining("secret");
        end("Ann");
        assertThat(this.work.started()).containsExactly("Ann");
    }

    @Test
    void anotherMutexHasLocksOfItsOwn() {
        KeyedMutex<String> other = KeyedMutex.create(WaitBounds.DEFAULT, this.time);
        call("EUR", "Ann");

        other.call("EUR", () -> this.work.start("Bob"));

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        end("Ann", "Bob");
    }

    @Test
    @Tag("large")
    void aHundredThousandKeysThatWereUsedOnceAreForgotten() {
        for (int key = 0; key < 100_000; key++) {
            this.mutex.call(key, () -> CompletableFuture.completedFuture("done"));
            this.mutex.join(key, () -> CompletableFuture.completedFuture("done"));
        }

        assertThat(this.mutex.keys()).isZero();
    }
}
