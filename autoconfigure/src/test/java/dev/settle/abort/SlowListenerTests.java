package dev.settle.abort;

import static dev.settle.abort.Outcomes.await;
import static dev.settle.abort.Outcomes.outcome;
import static dev.settle.abort.Outcomes.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReport.Outcome;
import dev.settle.test.VirtualTime;
import dev.settle.time.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners of signals are to be quick; here is what happens when they are not. */
class SlowListenerTests {

    private final AbortReason reason = AbortReason.application("enough");
    private final VirtualTime time = new VirtualTime();
    private final HandExecutor executor = new HandExecutor();
    private final HandCleanup first = new HandCleanup();
    private final HandCleanup cleanup = new HandCleanup();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AsyncAbortController controller = AsyncAbortController.builder()
            .time(this.time)
            .executor(this.executor)
            .build();
    private final AbortGroup later = this.controller.nextGroup("later");

    @AfterEach
    void letGo() {
        this.never.countDown();
    }

    /** The later group's turn has come: its signal's listeners are the next task. */
    private CompletableFuture<AbortReport> abortUntilTheLaterGroupsTurn() {
        this.controller.onAbort("first", this.first);
        this.later.onAbort("cleanup", this.cleanup);
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);
        this.executor.runAll();
        this.first.finish();
        this.executor.runFirst();
        assertThat(this.executor.size()).isEqualTo(1);
        return settlement;
    }

    @Test
    void signalOfALaterGroupHasAbortedBeforeItsListenersAreTold() {
        List<String> heard = new ArrayList<>();
        this.later.signal().onAbort(why -> heard.add("told"));

        abortUntilTheLaterGroupsTurn();

        assertThat(this.later.signal().reason()).containsSame(this.reason);
        assertThat(heard).isEmpty();
        this.executor.runAll();
        assertThat(heard).containsExactly("told");
    }

    @Test
    void cleanupsOfALaterGroupWaitForTheListeners() {
        CompletableFuture<AbortReport> settlement = abortUntilTheLaterGroupsTurn();
        this.time.advance(Duration.ofMillis(999));
        this.executor.runAll();

        assertThat(this.cleanup.started()).isTrue();
        this.cleanup.finish();
        this.executor.runAll();
        assertThat(outcome(settled(settlement), "cleanup")).isEqualTo(Outcome.COMPLETED);
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void cleanupsDoNotWaitForTheListenersForLongerThanASecond() {
        abortUntilTheLaterGroupsTurn();

        this.time.advance(Duration.ofMillis(999));
        assertThat(this.executor.size()).as("the listeners alone").isEqualTo(1);
        this.time.advance(Duration.ofMillis(1));
        this.executor.runLast();

        assertThat(this.cleanup.started()).isTrue();
        assertThat(this.cleanup.event().reason()).isSameAs(this.reason);
    }

    @Test
    void cleanupsDoNotWaitForTheListenersForLongerThanATenthOfTheirTime() {
        this.controller.onAbort("first", this.first);
        this.later.onAbort("cleanup", this.cleanup);
        this.controller.abortAsync(this.reason, Duration.ofSeconds(2));
        this.executor.runAll();
        this.first.finish();
        this.executor.runFirst();

        this.time.advance(Duration.ofMillis(199));
        assertThat(this.executor.size()).as("the listeners alone").isEqualTo(1);
        this.time.advance(Duration.ofMillis(1));
        this.executor.runLast();

        assertThat(this.cleanup.started()).isTrue();
    }

    @Test
    void listenersThatComeToTheirEndAtLastStartNothingTwice() {
        CompletableFuture<AbortReport> settlement = abortUntilTheLaterGroupsTurn();
        this.time.advance(Duration.ofSeconds(1));
        this.executor.runLast();

        this.executor.runAll();

        assertThat(this.cleanup.starts()).isEqualTo(1);
        assertThat(settlement).isNotDone();
        this.cleanup.finish();
        this.executor.runAll();
        assertThat(settled(settlement).entries()).hasSize(2);
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void listenerThatFailsAfterTheGroupHasSettledIsInTheReportAllTheSame() {
        this.later.signal().onAbort(why -> {
            throw new IllegalStateException("expected by the test");
        });
        CompletableFuture<AbortReport> settlement = abortUntilTheLaterGroupsTurn();
        this.time.advance(Duration.ofSeconds(1));
        this.executor.runLast();
        this.cleanup.finish();
        this.executor.runLast();

        this.executor.runAll();

        assertThat(settled(settlement).settled()).isTrue();
        assertThat(outcome(this.controller.report(), "signal listener")).isEqualTo(Outcome.FAILED);
    }

    @Test
    void stepRunsNothingOfTheUsersOnItsCallersThread() {
        List<String> heard = new ArrayList<>();
        this.controller.shutdownRequested().onAbort(why -> heard.add("shutdown"));
        this.controller.signal().onAbort(why -> heard.add("group"));

        CompletableFuture<AbortReport> step = this.controller.settleDownTo(0, this.reason, Duration.ofSeconds(9));

        assertThat(heard).isEmpty();
        assertThat(this.controller.shutdownRequested().reason()).containsSame(this.reason);
        this.executor.runAll();
        assertThat(heard).containsExactly("shutdown", "group");
        assertThat(step).isCompleted();
    }

    @Test
    void requestOfShutdownDoesNotWaitForItsListeners() {
        List<String> heard = new ArrayList<>();
        this.controller.shutdownRequested().onAbort(why -> heard.add("told"));

        assertThat(this.controller.requestShutdown(this.reason)).isTrue();

        assertThat(this.controller.shutdownRequested().aborted()).isTrue();
        assertThat(heard).isEmpty();
        this.executor.runAll();
        assertThat(heard).containsExactly("told");
    }

    @Test
    void closeIsNotHeldUpByAListenerThatHangs() throws Exception {
        AsyncAbortController closing = AsyncAbortController.builder()
                .time(this.time)
                .executor(Workers.shared())
                .build();
        CountDownLatch hanging = new CountDownLatch(1);
        closing.signal().onAbort(why -> {
            hanging.countDown();
            Outcomes.awaitDeaf(this.never);
        });
        CountDownLatch cleaned = new CountDownLatch(1);
        closing.closeOnAbort("cleanup", cleaned::countDown);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(closing::close, Workers.shared());
        await(hanging);

        this.time.advance(Duration.ofSeconds(1));

        await(cleaned);
        await(closed);
        assertThat(this.never.getCount()).as("still hanging").isEqualTo(1);
    }
}
