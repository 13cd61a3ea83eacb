package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.policy.bulkhead.AsyncSemaphore.Permit;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Permits that are acquired and given back by hand. */
class AcquiredPermitTests {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime();

    private AsyncSemaphore semaphore(int permits) {
        return AsyncSemaphore.of(permits, WaitBounds.DEFAULT, this.time);
    }

    private static Permit held(CompletableFuture<Permit> permit) {
        assertThat(permit).isCompleted();
        return permit.join();
    }

    private static Permit taken(AsyncSemaphore semaphore) {
        return semaphore.tryAcquire().orElseThrow();
    }

    private static Reason refusal(CompletableFuture<?> permit) {
        assertThat(Results.failure(permit)).isInstanceOf(CallRejectedException.class);
        return ((CallRejectedException) Results.failure(permit)).reason();
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aFreePermitIsThereAtOnce() {
        AsyncSemaphore one = semaphore(1);

        held(one.acquire());

        assertThat(one.free()).isZero();
    }

    @Test
    void aPermitClosedTwiceIsGivenBackOnce() {
        AsyncSemaphore two = semaphore(2);
        Permit first = taken(two);
        Permit second = taken(two);

        first.close();
        first.close();

        assertThat(two.free()).isOne();
        second.close();
        assertThat(two.free()).isEqualTo(2);
    }

    @Test
    void waitersAreServedInTheOrderInWhichTheyCame() {
        AsyncSemaphore one = semaphore(1);
        Permit permit = taken(one);
        List<String> served = new ArrayList<>();
        for (String name : List.of("Ann", "Bob", "Cid")) {
            one.acquire().thenAccept(own -> {
                served.add(name);
                own.close();
            });
        }

        permit.close();

        assertThat(served).containsExactly("Ann", "Bob", "Cid");
        assertThat(one.free()).isOne();
    }

    @Test
    void tryAcquireIsEmptyWhenNothingIsFree() {
        AsyncSemaphore one = semaphore(1);
        taken(one);

        assertThat(one.tryAcquire()).isEmpty();
    }

    @Test
    void tryAcquireDoesNotOvertakeThoseWhoWaitEvenIfSomethingIsFree() {
        AsyncSemaphore two = semaphore(2);
        Permit permit = taken(two);
        CompletableFuture<Permit> heavy = two.acquire(2, LONG);

        assertThat(two.free()).isOne();
        assertThat(two.tryAcquire()).isEmpty();
        permit.close();
        held(heavy);
    }

    @Test
    void tryAcquireBetweenReleaseAndGrantFails() {
        AsyncSemaphore two = semaphore(2);
        Permit permit = two.tryAcquire(2).orElseThrow();
        List<Boolean> barged = new ArrayList<>();
        CompletableFuture<Permit> first = two.acquire();
        CompletableFuture<Permit> second = two.acquire();
        first.thenAccept(own -> barged.add(two.tryAcquire().isPresent()));

        permit.close();

        assertThat(barged).containsExactly(false);
        held(second);
    }

    @Test
    void lightWaitersDoNotOvertakeAHeavyOne() {
        AsyncSemaphore three = semaphore(3);
        Permit one = taken(three);
        Permit other = taken(three);
        CompletableFuture<Permit> heavy = three.acquire(3, LONG);
        CompletableFuture<Permit> light = three.acquire();

        one.close();
        assertThat(heavy).isNotDone();
        assertThat(light).isNotDone();
        other.close();

        Permit all = held(heavy);
        assertThat(light).isNotDone();
        all.close();
        held(light);
    }

    @Test
    void whenAHeavyWaiterLeavesThoseBehindItThatNeedLessGetIn() {
        AsyncSemaphore two = semaphore(2);
        taken(two);
        CompletableFuture<Permit> heavy = two.acquire(2, LONG);
        CompletableFuture<Permit> light = two.acquire();

        heavy.cancel(true);

        held(light);
    }

    @Test
    void whenAHeavyWaiterHasWaitedTooLongThoseBehindItThatNeedLessGetIn() {
        AsyncSemaphore two = semaphore(2);
        taken(two);
        CompletableFuture<Permit> heavy = two.acquire(2, Duration.ofMillis(20));
        CompletableFuture<Permit> light = two.acquire();

        this.time.advance(Duration.ofMillis(20));

        assertThat(refusal(heavy)).isEqualTo(Reason.WAIT_EXCEEDED);
        held(light);
    }

    @Test
    void aHeavyPermitIsGivenBackWhole() {
        AsyncSemaphore three = semaphore(3);

        held(three.acquire(3, LONG)).close();

        assertThat(three.free()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4, Integer.MAX_VALUE})
    void aWeightThatCanNeverBeHadIsRefusedAtOnceAndDisturbsNobody(int weight) {
        AsyncSemaphore three = semaphore(3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> three.acquire(weight, LONG))
                .withMessageContaining(String.valueOf(weight))
                .withMessageContaining("3");
        assertThatIllegalArgumentException().isThrownBy(() -> three.tryAcquire(weight));
        assertThat(three.waiting()).isZero();
        assertThat(three.tryAcquire(3)).isPresent();
    }

    @Test
    void aWaiterThatHasWaitedTooLongIsRefusedAndThePermitIsNotLost() {
        AsyncSemaphore one = semaphore(1);
        Permit permit = taken(one);
        CompletableFuture<Permit> late = one.acquire(Duration.ofMillis(20));

        this.time.advance(Duration.ofMillis(20));
        permit.close();

        assertThat(refusal(late)).isEqualTo(Reason.WAIT_EXCEEDED);
        assertThat(one.waiting()).isZero();
        assertThat(one.tryAcquire()).isPresent();
    }

    @Test
    void whoHearsThatItHasWaitedTooLongIsNoLongerInLine() {
        AsyncSemaphore two = semaphore(2);
        taken(two);
        CompletableFuture<Boolean> instead = two.acquire(2, Duration.ofMillis(20))
                .handle((permit, failure) -> two.tryAcquire().isPresent());

        this.time.advance(Duration.ofMillis(20));

        assertThat(instead).isCompletedWithValue(true);
    }

    @Test
    void manyWaitersThatHaveWaitedTooLongCostNoPermit() {
        AsyncSemaphore two = semaphore(2);
        Permit permit = two.tryAcquire(2).orElseThrow();
        for (int i = 0; i < 100; i++) {
            two.acquire(Duration.ofMillis(20));
        }

        this.time.advance(Duration.ofMillis(20));
        permit.close();

        assertThat(two.tryAcquire(2)).isPresent();
    }

    @Test
    void whoMayNotWaitIsRefusedNow() {
        AsyncSemaphore one = semaphore(1);
        taken(one);

        assertThat(refusal(one.acquire(Duration.ZERO))).isEqualTo(Reason.WAIT_EXCEEDED);
        assertThat(one.waiting()).isZero();
    }

    @Test
    void aWaiterThatCancelsLeavesTheLine() {
        AsyncSemaphore one = semaphore(1);
        Permit permit = taken(one);
        CompletableFuture<Permit> waiting = one.acquire(LONG);

        waiting.cancel(true);

        assertThat(one.waiting()).isZero();
        permit.close();
        assertThat(one.free()).isOne();
    }

    @Test
    void aWaiterWhoseFutureTheCallerSettlesLeavesTheLine() {
        AsyncSemaphore one = semaphore(1);
        taken(one);
        CompletableFuture<Permit> waiting = one.acquire(LONG);

        waiting.completeExceptionally(new IllegalStateException("no longer needed"));

        assertThat(one.waiting()).isZero();
    }

    @Test
    void aWaiterLeavesTheLineWhenTheWorkItIsPartOfIsAborted() {
        AsyncSemaphore one = semaphore(1);
        taken(one);
        AbortSource around = new AbortSource();
        CompletableFuture<Permit> waiting = Signals.under(around, () -> one.acquire(LONG));

        around.abort(AbortReason.application("enough"));

        assertThat(Results.failure(waiting))
                .isInstanceOf(AbortedException.class)
                .hasMessage("enough");
        assertThat(one.waiting()).isZero();
    }

    @Test
    void nothingIsAcquiredUnderAnAbortedSignal() {
        AsyncSemaphore one = semaphore(1);
        AbortSource around = new AbortSource();
        around.abort(AbortReason.application("enough"));

        CompletableFuture<Permit> permit = Signals.under(around, one::acquire);

        assertThat(permit).isCancelled();
        assertThat(one.free()).isOne();
    }

    @Test
    void aPermitThatComesAtTheLastMomentWins() {
        AsyncSemaphore semaphore = semaphore(1);
        Permit held = taken(semaphore);
        CompletableFuture<Permit> waiting = semaphore.acquire(LONG);
        this.time.schedule(LONG.toNanos(), held::close);

        this.time.advance(LONG);

        held(waiting).close();
        assertThat(semaphore.free()).isEqualTo(1);
    }

    @Test
    void whoWaitsForEverNeedsNoTimer() {
        AsyncSemaphore one = semaphore(1);
        Permit permit = taken(one);
        CompletableFuture<Permit> waiting = one.acquire();

        assertThat(waiting).isNotDone();
        assertThat(this.time.pending()).isZero();
        permit.close();
        held(waiting).close();
    }
}
