package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.core.HandWork;
import dev.settle.core.InvalidSettingException;
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

/** The number of permits changes, or there are none any more. */
class ResizeAndCloseTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();

    private AsyncSemaphore semaphore(int permits) {
        return semaphore(permits, WaitBounds.DEFAULT);
    }

    private AsyncSemaphore semaphore(int permits, WaitBounds bounds) {
        return AsyncSemaphore.of(permits, bounds, this.time);
    }

    private List<CompletableFuture<String>> call(AsyncSemaphore semaphore, int from, int to) {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            String name = "call " + i;
            calls.add(semaphore.call(() -> this.work.start(name)));
        }
        return calls;
    }

    private static void assertClosed(CompletableFuture<?> call) {
        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.CLOSED));
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void afterShrinkingTheNextStartsWhenFewEnoughRun() {
        AsyncSemaphore semaphore = semaphore(5);
        call(semaphore, 1, 6);

        semaphore.resize(2);
        this.work.end("call 1");
        this.work.end("call 2");
        this.work.end("call 3");

        assertThat(this.work.started()).doesNotContain("call 6");
        this.work.end("call 4");
        assertThat(this.work.started()).contains("call 6");
        this.work.end("call 5");
        this.work.end("call 6");
        assertThat(semaphore.free()).isEqualTo(2);
    }

    @Test
    void shrinkingDoesNotDisturbWhatRuns() {
        AsyncSemaphore semaphore = semaphore(3);
        List<CompletableFuture<String>> calls = call(semaphore, 1, 3);

        semaphore.resize(1);

        assertThat(calls).noneMatch(CompletableFuture::isDone);
        assertThat(semaphore.free()).isZero();
        for (int i = 1; i <= 3; i++) {
            this.work.end("call " + i);
        }
        assertThat(calls).allMatch(call -> !call.isCompletedExceptionally());
        assertThat(semaphore.free()).isOne();
    }

    @Test
    void growingStartsAsManyAtOnceAsThereArePermitsMore() {
        AsyncSemaphore semaphore = semaphore(2);
        call(semaphore, 1, 5);

        semaphore.resize(4);

        assertThat(this.work.started()).containsExactly("call 1", "call 2", "call 3", "call 4");
        for (int i = 1; i <= 5; i++) {
            this.work.end("call " + i);
        }
    }

    @Test
    void weightsAreMeasuredByTheNewNumber() {
        AsyncSemaphore semaphore = semaphore(2);

        semaphore.resize(3);

        assertThat(semaphore.tryAcquire(3)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aNumberThatWouldLetNobodyInIsRefusedAndChangesNothing(int permits) {
        AsyncSemaphore semaphore = semaphore(2);

        InvalidSettingException refused =
                catchThrowableOfType(InvalidSettingException.class, () -> semaphore.resize(permits));

        assertThat(refused).hasMessageContaining(String.valueOf(permits));
        assertThat(semaphore.free()).isEqualTo(2);
    }

    @Test
    void closingRefusesThoseWhoWait() {
        AsyncSemaphore semaphore = semaphore(1);
        List<CompletableFuture<String>> calls = call(semaphore, 1, 3);

        semaphore.close();

        assertClosed(calls.get(1));
        assertClosed(calls.get(2));
        assertThat(semaphore.waiting()).isZero();
    }

    @Test
    void closingRefusesThoseWhoWaitByHand() {
        AsyncSemaphore semaphore = semaphore(1);
        call(semaphore, 1, 1);
        CompletableFuture<Permit> waiting = semaphore.acquire(Duration.ofMinutes(1));

        semaphore.close();

        assertClosed(waiting);
    }

    @Test
    void closingLeavesWhatRunsAlone() {
        AsyncSemaphore semaphore = semaphore(1);
        CompletableFuture<String> running = call(semaphore, 1, 1).get(0);

        semaphore.close();

        assertThat(running).isNotDone();
        this.work.end("call 1");
        assertThat(running).isCompletedWithValue("call 1");
        assertThat(semaphore.free()).isOne();
    }

    @Test
    void aClosedSemaphoreRefusesEverybodyWhoComesLater() {
        AsyncSemaphore semaphore = semaphore(2);

        semaphore.close();

        assertClosed(call(semaphore, 1, 1).get(0));
        assertClosed(semaphore.acquire());
        assertThat(semaphore.tryAcquire()).isEmpty();
        assertThat(this.work.started()).isEmpty();
    }

    @Test
    void whoMayNotWaitHearsThatItIsClosedToo() {
        AsyncSemaphore noLine = semaphore(1, new WaitBounds(Duration.ofSeconds(30), 0));
        AsyncSemaphore noTime = semaphore(1, new WaitBounds(Duration.ZERO, 1000));
        noLine.close();
        noTime.close();

        assertClosed(call(noLine, 1, 1).get(0));
        assertClosed(call(noTime, 1, 1).get(0));
        assertClosed(noTime.acquire(Duration.ZERO));
    }

    @Test
    void closingTwiceIsHarmless() {
        AsyncSemaphore semaphore = semaphore(1);

        semaphore.close();
        semaphore.close();

        assertClosed(semaphore.acquire());
    }

    @Test
    void whoWaitsForMoreThanThereAreNowStopsNobody() {
        AsyncSemaphore semaphore = semaphore(5);
        Permit held = semaphore.tryAcquire().orElseThrow();
        CompletableFuture<Permit> heavy = semaphore.acquire(5, Duration.ofMinutes(1));
        CompletableFuture<Permit> light = semaphore.acquire();

        semaphore.resize(3);

        assertThat(Results.failure(heavy))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED));
        assertThat(light).isCompleted();
        light.join().close();
        held.close();
        assertThat(semaphore.free()).isEqualTo(3);
    }
}
