package dev.settle.abort;

import static dev.settle.abort.Outcomes.await;
import static dev.settle.abort.Outcomes.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Closing waits. */
class ControllerCloseTests {

    private final VirtualTime time = new VirtualTime();
    private final AsyncAbortController controller = AsyncAbortController.builder()
            .time(this.time)
            .executor(Runnable::run)
            .build();
    private final HandCleanup cleanup = new HandCleanup();

    @Test
    void abortsBecauseOfShutdownAndSettles() {
        AbortGroup low = this.controller.phase(-5);
        low.onAbort("cleanup", event -> null);

        this.controller.close();

        assertThat(this.controller.signal().reason().orElseThrow().kind()).isEqualTo(Kind.SHUTDOWN);
        assertThat(this.controller.shutdownRequested().aborted()).isTrue();
        assertThat(outcome(this.controller.report(), "cleanup")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void secondCloseDoesNothing() {
        this.controller.onAbort("cleanup", this.cleanup);
        this.cleanup.finish();

        this.controller.close();
        this.controller.close();

        assertThat(this.cleanup.starts()).isEqualTo(1);
    }

    @Test
    void waitsUntilAllHasSettled() throws Exception {
        this.controller.onAbort("cleanup", this.cleanup);
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread closing = closing(done, false);
        awaitWaiting(closing);
        assertThat(done).isNotDone();

        this.cleanup.finish();

        await(done);
    }

    @Test
    void waitsForAnAbortThatIsGoingOn() throws Exception {
        this.controller.onAbort("cleanup", this.cleanup);
        AbortReason reason = AbortReason.application("enough");
        this.controller.abortAsync(reason);
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        awaitWaiting(closing(done, false));

        this.cleanup.finish();

        await(done);
        assertThat(this.controller.signal().reason()).containsSame(reason);
    }

    @Test
    void isBoundByTheLimits() throws Exception {
        this.controller.onAbort("cleanup", this.cleanup);
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        awaitWaiting(closing(done, false));

        this.time.advance(Duration.ofSeconds(30));

        await(done);
        assertThat(outcome(this.controller.report(), "cleanup")).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void waitsThoughTheThreadIsInterruptedAndKeepsTheInterrupt() throws Exception {
        this.controller.onAbort("cleanup", this.cleanup);
        CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();
        // It waits only once it has taken notice of the interrupt.
        awaitWaiting(closing(interruptedAfterwards, true));
        assertThat(interruptedAfterwards).isNotDone();

        this.cleanup.finish();

        assertThat(await(interruptedAfterwards)).isTrue();
    }

    @Test
    void keepsNoInterruptThatThereWasNot() throws Exception {
        CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();

        closing(interruptedAfterwards, false);

        assertThat(await(interruptedAfterwards)).isFalse();
    }

    private Thread closing(CompletableFuture<Boolean> interruptedAfterwards, boolean interrupted) {
        Thread thread = new Thread(() -> {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            this.controller.close();
            interruptedAfterwards.complete(Thread.currentThread().isInterrupted());
        });
        thread.start();
        return thread;
    }

    /** Until the thread has nothing left to do but to wait. */
    private static void awaitWaiting(Thread thread) {
        await(() -> thread.getState() == Thread.State.WAITING);
    }
}
