package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.core.HandWork;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that take a permit each: who runs, who waits, in which order. */
class AsyncSemaphoreTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final AsyncSemaphore one = semaphore(1, 1000);

    private AsyncSemaphore semaphore(int permits, int queueCapacity) {
        return AsyncSemaphore.of(permits, new WaitBounds(Duration.ofSeconds(30), queueCapacity), this.time);
    }

    private CompletableFuture<String> call(AsyncSemaphore semaphore, String name) {
        return semaphore.call(() -> this.work.start(name));
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private void end(String... names) {
        for (String name : names) {
            this.work.end(name);
        }
    }

    @Test
    void theSecondCallStartsWhenTheFutureOfTheFirstHasSettledAndNotBefore() {
        call(this.one, "Ann");
        CompletableFuture<String> second = call(this.one, "Bob");
        assertThat(this.work.started()).containsExactly("Ann");

        end("Ann");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        assertThat(second).isNotDone();
        end("Bob");
        assertThat(second).isCompletedWithValue("Bob");
    }

    @Test
    void soManyRunSoManyWaitAndTheNextIsRefused() {
        AsyncSemaphore two = semaphore(2, 2);
        call(two, "Ann");
        call(two, "Bob");
        call(two, "Cid");
        call(two, "Dee");

        CompletableFuture<String> fifth = call(two, "Eve");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        assertThat(Results.failure(fifth))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.QUEUE_FULL));
        end("Ann", "Bob", "Cid", "Dee");
        assertThat(this.work.started()).containsExactly("Ann", "Bob", "Cid", "Dee");
    }

    @Test
    void whenOneEndsExactlyOneStartsAndOneMoreMayWait() {
        AsyncSemaphore two = semaphore(2, 1);
        call(two, "Ann");
        call(two, "Bob");
        call(two, "Cid");

        end("Bob");
        CompletableFuture<String> next = call(two, "Dee");
        CompletableFuture<String> tooMany = call(two, "Eve");

        assertThat(this.work.started()).containsExactly("Ann", "Bob", "Cid");
        assertThat(next).isNotDone();
        assertThat(tooMany).isCompletedExceptionally();
        end("Ann", "Cid", "Dee");
    }

    @Test
    void callsStartInTheOrderInWhichTheyCame() {
        for (String name : new String[] {"Ann", "Bob", "Cid", "Dee"}) {
            call(this.one, name);
        }

        end("Ann", "Bob", "Cid", "Dee");

        assertThat(this.work.started()).containsExactly("Ann", "Bob", "Cid", "Dee");
    }

    @Test
    void thePermitIsFreeBeforeTheCallerGoesOn() {
        CompletableFuture<String> call = call(this.one, "Ann");
        CompletableFuture<Integer> seen = call.thenApply(value -> this.one.free());

        end("Ann");

        assertThat(seen).isCompletedWithValue(1);
    }

    @Test
    void thePermitIsFreeBeforeTheCallerOfACallThatHasWaitedGoesOn() {
        call(this.one, "Ann");
        CompletableFuture<String> call = call(this.one, "Bob");
        CompletableFuture<Integer> seen = call.thenApply(value -> this.one.free());
        end("Ann");

        end("Bob");

        assertThat(seen).isCompletedWithValue(1);
    }

    @Test
    void theCallerThatGoesOnMayCallAgain() {
        CompletableFuture<String> again = call(this.one, "Ann").thenCompose(value -> call(this.one, "Bob"));

        end("Ann");
        end("Bob");

        assertThat(again).isCompletedWithValue("Bob");
    }

    @Test
    void whoWaitsIsServedBeforeTheCallerWhoseCallHasEndedComesAgain() {
        CompletableFuture<String> again = call(this.one, "Ann").thenCompose(value -> call(this.one, "Ann again"));
        call(this.one, "Bob");

        end("Ann");
        end("Bob");

        assertThat(this.work.started()).containsExactly("Ann", "Bob", "Ann again");
        end("Ann again");
        assertThat(again).isDone();
    }

    @Test
    void itTellsHowManyAreFreeAndHowManyWait() {
        AsyncSemaphore two = semaphore(2, 10);
        assertThat(two.free()).isEqualTo(2);
        call(two, "Ann");
        assertThat(two.free()).isOne();
        call(two, "Bob");
        call(two, "Cid");
        assertThat(two.free()).isZero();
        assertThat(two.waiting()).isOne();

        end("Ann", "Bob", "Cid");

        assertThat(two.free()).isEqualTo(2);
        assertThat(two.waiting()).isZero();
    }

    @Test
    void workThatIsDoneAtOnceGivesItsPermitBackAtOnce() {
        CompletableFuture<String> call = this.one.call(() -> this.work.startAndEnd("Ann"));

        assertThat(call).isCompletedWithValue("Ann");
        assertThat(this.one.free()).isOne();
    }

    @Test
    void withoutBoundsAsManyWaitAsComeForAsLongAsItTakes() {
        AsyncSemaphore unbounded = AsyncSemaphore.of(1);
        CompletableFuture<String> ann = unbounded.call(() -> this.work.start("Ann"));

        for (int i = 0; i < 5_000; i++) {
            unbounded.call(() -> new CompletableFuture<String>());
        }

        assertThat(unbounded.waiting()).isEqualTo(5_000);
        assertThat(ann).isNotDone();
    }
}
