package dev.settle.abort;

import static dev.settle.abort.Outcomes.await;
import static dev.settle.abort.Outcomes.entry;
import static dev.settle.abort.Outcomes.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReport.Outcome;
import dev.settle.test.VirtualTime;
import dev.settle.time.Workers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Cleanups that really block their thread: time is virtual, the threads are not. */
class BlockedCleanupTests {

    private final AbortReason reason = AbortReason.application("enough");
    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final AsyncAbortController controller = AsyncAbortController.builder()
            .time(this.time)
            .executor(Workers.shared())
            .listener(this.journal)
            .build();

    private AsyncCleanup blocking() {
        return event -> {
            this.blocked.countDown();
            this.never.await();
            return null;
        };
    }

    @Test
    void blockedCleanupHoldsUpNeitherItsSiblingsNorTheDeadline() throws Exception {
        this.controller.onAbort("blocked", blocking());
        this.controller.closeOnAbort("sibling", () -> {});

        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason, Duration.ofMillis(200));
        await(this.blocked);
        // Not the latch: it opens a moment before the cleanup has ended, and the time must not be over by then.
        await(() -> outcome(this.controller.report(), "sibling") == Outcome.COMPLETED);
        assertThat(settlement).isNotDone();
        this.time.advance(Duration.ofMillis(200));

        AbortReport report = await(settlement);
        assertThat(outcome(report, "blocked")).isEqualTo(Outcome.TIMED_OUT);
        assertThat(outcome(report, "sibling")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void blockedThreadIsInterruptedAfterTheHardSignal() throws Exception {
        CompletableFuture<Boolean> interruptedAfterHard = new CompletableFuture<>();
        this.controller.onAbort("blocked", event -> {
            this.blocked.countDown();
            try {
                this.never.await();
            } catch (InterruptedException ex) {
                interruptedAfterHard.complete(event.hard().aborted());
            }
            return null;
        });
        this.controller.abortAsync(this.reason, Duration.ofMillis(200));
        await(this.blocked);

        this.time.advance(Duration.ofMillis(200));

        assertThat(await(interruptedAfterHard)).isTrue();
    }

    @Test
    void interruptDoesNotReachWhatTheThreadDoesNext() throws Exception {
        CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();
        AsyncAbortController looking = AsyncAbortController.builder()
                .time(this.time)
                .executor(task -> Workers.shared().execute(() -> {
                    task.run();
                    interruptedAfterwards.complete(Thread.currentThread().isInterrupted());
                }))
                .build();
        CountDownLatch told = new CountDownLatch(1);
        looking.onAbort("deaf", event -> {
            event.hard().onAbort(why -> told.countDown());
            this.blocked.countDown();
            // Ignores the interrupt, and leaves its flag set.
            while (!Thread.currentThread().isInterrupted()) {
                Thread.yield();
            }
            return null;
        });
        looking.abortAsync(this.reason, Duration.ofMillis(200));
        await(this.blocked);

        this.time.advance(Duration.ofMillis(200));

        await(told);
        assertThat(await(interruptedAfterwards)).isFalse();
    }

    @Test
    void cleanupThatIgnoresEverythingIsLeftBehind() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        this.controller.onAbort("deaf", Duration.ofSeconds(1), event -> {
            this.blocked.countDown();
            Outcomes.awaitDeaf(this.never);
            ended.countDown();
            return null;
        });
        CountDownLatch later = new CountDownLatch(1);
        this.controller.nextGroup().closeOnAbort("later", later::countDown);
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);
        await(this.blocked);

        this.time.advance(Duration.ofSeconds(1));

        AbortReport report = await(settlement);
        assertThat(outcome(report, "deaf")).isEqualTo(Outcome.TIMED_OUT);
        assertThat(outcome(report, "later")).isEqualTo(Outcome.COMPLETED);
        assertThat(ended.getCount()).as("still running").isEqualTo(1);
        this.never.countDown();
        await(ended);
    }

    @Test
    void cleanupThatJoinsItsOwnSettlementIsBrokenByItsLimit() throws Exception {
        this.controller.onAbort("selfish", Duration.ofSeconds(1), event -> {
            CompletableFuture<AbortReport> own = this.controller.abortAsync(this.reason);
            this.blocked.countDown();
            own.join();
            return null;
        });
        this.controller.closeOnAbort("sibling", () -> {});
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);
        await(this.blocked);
        // Not the latch: it opens a moment before the cleanup has ended, and the time must not be over by then.
        await(() -> outcome(this.controller.report(), "sibling") == Outcome.COMPLETED);

        this.time.advance(Duration.ofSeconds(1));

        AbortReport report = await(settlement);
        assertThat(outcome(report, "selfish")).isEqualTo(Outcome.TIMED_OUT);
        assertThat(outcome(report, "sibling")).isEqualTo(Outcome.COMPLETED);
        assertThat(this.journal.lines()).containsOnlyOnce("selfish waits for itself");
    }

    @Test
    void cleanupThatClosesTheControllerIsBrokenByItsLimit() throws Exception {
        this.controller.onAbort("selfish", Duration.ofSeconds(1), event -> {
            this.blocked.countDown();
            this.controller.close();
            return null;
        });
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);
        await(this.blocked);

        this.time.advance(Duration.ofSeconds(1));

        assertThat(outcome(await(settlement), "selfish")).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void reportShowsWhereABlockedCleanupIs() throws Exception {
        this.controller.onAbort("blocked", blocking());
        assertThat(entry(this.controller.report(), "blocked").frames()).isEmpty();
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason, Duration.ofMillis(200));
        await(this.blocked);

        assertThat(entry(this.controller.report(), "blocked").frames())
                .anyMatch(frame -> frame.getClassName().startsWith(BlockedCleanupTests.class.getName()));

        this.never.countDown();
        assertThat(entry(await(settlement), "blocked").frames()).isEmpty();
    }

    @Test
    void executorThatRejectsIsReplacedBySettlesOwnThreads() throws Exception {
        assertRunsAllTheSame(new RejectedExecutionException("shut down"));
    }

    @Test
    void executorThatBreaksIsReplacedBySettlesOwnThreads() throws Exception {
        assertRunsAllTheSame(new IllegalStateException("not running"));
    }

    private void assertRunsAllTheSame(RuntimeException refusal) throws Exception {
        AsyncAbortController refused = AsyncAbortController.builder()
                .time(this.time)
                .executor(task -> {
                    throw refusal;
                })
                .build();
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        refused.onAbort("cleanup", event -> {
            ran.complete(Thread.currentThread());
            return null;
        });
        refused.nextGroup().onAbort("later", event -> null);

        AbortReport report = await(refused.abortAsync(this.reason));

        assertThat(await(ran).getName()).startsWith("settle-");
        assertThat(outcome(report, "cleanup")).isEqualTo(Outcome.COMPLETED);
        assertThat(outcome(report, "later")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void elapsedTimeOfABlockedCleanupIsShownWhileItRuns() throws Exception {
        this.controller.onAbort("blocked", blocking());
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);
        await(this.blocked);

        this.time.advance(Duration.ofSeconds(3));

        assertThat(entry(this.controller.report(), "blocked").elapsed()).isEqualTo(Duration.ofSeconds(3));
        this.never.countDown();
        await(settlement);
    }
}
