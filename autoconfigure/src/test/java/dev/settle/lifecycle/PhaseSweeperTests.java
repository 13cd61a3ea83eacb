package dev.settle.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.AsyncCleanup;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Spring counts its latch down for every callback: there must be one, whatever the cleanups do. */
class PhaseSweeperTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final VirtualTime time = new VirtualTime();
    private final AsyncAbortController controller = controller(Runnable::run);
    private final ShutdownDriver driver = driver(this.controller);
    private final AtomicInteger callbacks = new AtomicInteger();
    private final HandCleanup cleanup = new HandCleanup();

    private AsyncAbortController controller(Executor executor) {
        return AsyncAbortController.builder().time(this.time).executor(executor).build();
    }

    private ShutdownDriver driver(AsyncAbortController controller) {
        ShutdownSettings settings = new ShutdownSettings(Duration.ZERO, null, LIMIT, Map.of(), false);
        CallDrain drain = new CallDrain(controller, this.time);
        return new ShutdownDriver(
                controller,
                drain,
                new ShutdownLog(this.time),
                Recorders.none(this.time),
                settings,
                this.time,
                null,
                Set.of());
    }

    private void stop(int phase) {
        new PhaseSweeper(phase, this.driver).stop(this.callbacks::incrementAndGet);
    }

    @Test
    void callsBackWhenTheCleanupsHaveEnded() {
        this.controller.phase(7).onAbort("cleanup", this.cleanup);

        stop(7);
        assertThat(this.callbacks).hasValue(0);
        this.cleanup.finish();

        assertThat(this.callbacks).hasValue(1);
    }

    @Test
    void callsBackAtOnceWhenThereIsNothingToSettle() {
        stop(7);

        assertThat(this.callbacks).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("brokenCleanups")
    void callsBackOnceWhenACleanupIsBroken(String how, AsyncCleanup broken) {
        this.controller.phase(7).onAbort("broken", broken);
        this.controller.phase(7).onAbort("cleanup", this.cleanup);

        stop(7);
        assertThat(this.callbacks).hasValue(0);
        this.cleanup.finish();

        assertThat(this.callbacks).hasValue(1);
    }

    static Stream<Arguments> brokenCleanups() {
        return Stream.of(
                broken("throws", event -> {
                    throw new IllegalStateException("broken");
                }),
                broken("throws an error", event -> {
                    throw new AssertionError("broken");
                }),
                broken("fails", event -> CompletableFuture.failedFuture(new IllegalStateException("broken"))),
                broken("returns null", event -> null));
    }

    private static Arguments broken(String how, AsyncCleanup cleanup) {
        return Arguments.of(how, cleanup);
    }

    @Test
    void callsBackOnceWhenACleanupTimesOutAndEndsLate() {
        // Cannot be cancelled.
        this.controller
                .phase(7)
                .onAbort(
                        "cleanup",
                        event -> this.cleanup
                                .cleanUp(event)
                                .toCompletableFuture()
                                .minimalCompletionStage());
        stop(7);

        this.time.advance(LIMIT);
        assertThat(this.callbacks).hasValue(1);
        this.cleanup.finish();
        this.time.advance(LIMIT);

        assertThat(this.callbacks).hasValue(1);
        assertThat(this.time.pending()).as("timers").isZero();
    }

    @Test
    void eachPhaseCallsBackOnce() {
        this.controller.phase(7).onAbort("cleanup", this.cleanup);
        AtomicInteger other = new AtomicInteger();

        stop(7);
        new PhaseSweeper(5, this.driver).stop(other::incrementAndGet);
        assertThat(other).hasValue(0);
        this.cleanup.finish();

        assertThat(this.callbacks).hasValue(1);
        assertThat(other).hasValue(1);
    }

    @Test
    void settlesItsPhaseAndAllAboveButNoneBelow() {
        this.controller.phase(8).onAbort("above", event -> null);
        this.controller.phase(6).onAbort("below", this.cleanup);

        stop(7);

        assertThat(this.callbacks).hasValue(1);
        assertThat(Reports.entry(this.controller, "above").outcome()).hasToString("COMPLETED");
        assertThat(this.cleanup.started()).isFalse();
    }

    @Test
    void doesNotHoldUpTheClosingThread() {
        AsyncAbortController blocked = controller(command -> new Thread(command).start());
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> called = new CompletableFuture<>();
        blocked.phase(7).onAbort("blocked", event -> {
            Waits.open(release);
            return null;
        });

        new PhaseSweeper(7, driver(blocked)).stop(() -> called.complete(null));

        assertThat(called).isNotDone();
        release.countDown();
        Waits.result(called);
    }

    @Test
    void runsFromTheBeginning() {
        assertThat(new PhaseSweeper(7, this.driver).isRunning()).isTrue();
    }

    @Test
    void isLeftAloneByPause() {
        assertThat(new PhaseSweeper(7, this.driver).isPauseable()).isFalse();
    }

    @Test
    void cannotBeStoppedWithoutACallback() {
        PhaseSweeper sweeper = new PhaseSweeper(7, this.driver);

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(sweeper::stop);
    }
}
