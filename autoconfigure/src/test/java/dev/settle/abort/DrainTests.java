package dev.settle.abort;

import static dev.settle.abort.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.test.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Refusing new work while the running work goes on. */
class DrainTests {

    private final AsyncAbortController controller = AsyncAbortController.builder()
            .time(new VirtualTime())
            .executor(Runnable::run)
            .build();
    private final CompletableFuture<String> running = new CompletableFuture<>();

    @Test
    void completesAtOnceWhenNothingRuns() {
        assertThat(this.controller.drainAsync()).isCompleted();
    }

    @Test
    void completesWhenTheLastOperationHasEnded() {
        CompletableFuture<String> other = new CompletableFuture<>();
        this.controller.track("one", signal -> this.running);
        this.controller.phase(7).track("other", signal -> other);
        CompletableFuture<Void> drained = this.controller.drainAsync();

        this.running.complete("done");
        assertThat(drained).isNotDone();
        other.complete("done");

        assertThat(drained).isCompleted();
    }

    @Test
    void leavesTheRunningWorkAlone() {
        List<AbortSignal> signals = new ArrayList<>();
        CompletableFuture<String> caller = this.controller.track("one", signal -> {
            signals.add(signal);
            return this.running;
        });

        this.controller.drainAsync();

        assertThat(signals.get(0).aborted()).isFalse();
        assertThat(this.controller.shutdownRequested().aborted()).isFalse();
        this.running.complete("done");
        assertThat(caller).isCompletedWithValue("done");
    }

    @Test
    void waitsForWorkThatRunningWorkHasStarted() {
        CompletableFuture<String> inner = new CompletableFuture<>();
        List<CompletableFuture<Void>> drained = new ArrayList<>();
        this.controller.track("outer", signal -> {
            drained.add(this.controller.drainAsync());
            this.controller.track("inner", innerSignal -> inner);
            return this.running;
        });

        this.running.complete("done");
        assertThat(drained.get(0)).isNotDone();
        inner.complete("done");

        assertThat(drained.get(0)).isCompleted();
    }

    @Test
    void eachDrainHasAFutureOfItsOwn() {
        this.controller.track("one", signal -> this.running);
        CompletableFuture<Void> first = this.controller.drainAsync();
        CompletableFuture<Void> second = this.controller.drainAsync();

        first.complete(null);
        assertThat(second).isNotDone();
        this.running.complete("done");

        assertThat(second).isCompleted();
    }

    @Test
    void reopeningCallsOffTheDrain() {
        this.controller.track("one", signal -> this.running);
        CompletableFuture<Void> drained = this.controller.drainAsync();

        this.controller.reopen();

        assertThat(failure(drained)).isInstanceOf(AbortedException.class);
        assertThat(AbortReason.from(failure(drained)).orElseThrow().kind()).isEqualTo(Kind.APPLICATION);
    }

    @Test
    void openControllerIsNotDrainedThoughNothingRuns() {
        this.controller.track("one", signal -> this.running);
        CompletableFuture<Void> calledOff = this.controller.drainAsync();
        this.controller.reopen();

        this.running.complete("done");

        assertThat(calledOff).isCompletedExceptionally();
        assertThat(this.controller.inFlight().closed()).isFalse();
    }

    @Test
    void reopeningWhatIsOpenChangesNothing() {
        this.controller.reopen();

        assertThat(this.controller.track("one", signal -> CompletableFuture.completedFuture("done")))
                .isCompletedWithValue("done");
    }

    @Test
    void shutdownThatHasBegunIsNotReopened() {
        this.controller.track("one", signal -> this.running);
        CompletableFuture<Void> drained = this.controller.drainAsync();
        this.controller.requestShutdown(AbortReason.shutdown("the test stops it"));

        this.controller.reopen();

        assertThat(this.controller.inFlight().closed()).isTrue();
        assertThat(drained).isNotDone();
        this.running.complete("done");
        assertThat(drained).isCompleted();
    }

    @Test
    void drainsAgainAfterReopening() {
        assertThat(this.controller.drainAsync()).isCompleted();
        this.controller.reopen();
        this.controller.track("one", signal -> this.running);

        CompletableFuture<Void> second = this.controller.drainAsync();

        assertThat(second).isNotDone();
        this.running.complete("done");
        assertThat(second).isCompleted();
    }

    @Test
    void trackedOperationsDoNotHoldUpTheWaitForCalls() {
        this.controller.track("one", signal -> this.running);

        assertThat(this.controller.inFlight().idle()).isCompleted();
        assertThat(this.controller.drainAsync()).isNotDone();
    }

    @Test
    void cleanupsRegisterWhileDraining() {
        this.controller.drainAsync();
        HandCleanup cleanup = new HandCleanup();

        this.controller.onAbort("cleanup", cleanup);
        this.controller.abortAsync();

        assertThat(cleanup.started()).isTrue();
        cleanup.finish();
    }
}
