package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods that return their value wait on their callers' own threads. */
class BlockingMethodThrottleTests {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final VirtualTime time = new VirtualTime();
    private final AbortSource stopping = new AbortSource();

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private PlannedMethod method(Excess excess) {
        return PlannedMethod.with(ThrottlePolicy.sliding(1, WINDOW)
                        .excess(excess)
                        .time(this.time)
                        .build())
                .stoppingWith(this.stopping);
    }

    /** A caller on a thread of its own. */
    private static final class Caller {

        private final CompletableFuture<Object> outcome = new CompletableFuture<>();
        private final Thread thread;

        Caller(PlannedMethod method, Callable<?> body) {
            this.thread = new Thread(() -> {
                try {
                    this.outcome.complete(method.call(body));
                } catch (Throwable ex) {
                    this.outcome.completeExceptionally(ex);
                }
            });
            this.thread.setDaemon(true);
            this.thread.start();
        }

        Caller parked() {
            Results.until(() -> this.thread.getState() == Thread.State.WAITING);
            return this;
        }
    }

    @Test
    void aCallerWaitsOnItsOwnThreadAndRunsThere() throws Throwable {
        PlannedMethod method = method(Excess.WAIT);
        assertThat(method.call(Thread::currentThread)).isSameAs(Thread.currentThread());
        Caller second = new Caller(method, Thread::currentThread).parked();

        this.time.advance(WINDOW);

        assertThat(Results.await(second.outcome)).isSameAs(second.thread);
    }

    @Test
    void callersAreServedInTheOrderInWhichTheyCame() throws Throwable {
        PlannedMethod method = method(Excess.WAIT);
        method.call(() -> "7.30");
        Caller second = new Caller(method, () -> "second").parked();
        Caller third = new Caller(method, () -> "third").parked();

        this.time.advance(WINDOW);
        assertThat(Results.await(second.outcome)).isEqualTo("second");
        assertThat(third.outcome).isNotDone();
        this.time.advance(WINDOW);

        assertThat(Results.await(third.outcome)).isEqualTo("third");
    }

    @Test
    void aCallerThatIsInterruptedGivesUpAndCostsNothing() throws Throwable {
        PlannedMethod method = method(Excess.WAIT);
        method.call(() -> "7.30");
        Caller second = new Caller(method, () -> "second").parked();
        Caller third = new Caller(method, () -> "third").parked();

        second.thread.interrupt();

        assertThat(Results.awaitFailure(second.outcome))
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason().kind()).isEqualTo(Kind.CALLER_CANCELLED));
        this.time.advance(WINDOW);
        assertThat(Results.await(third.outcome)).isEqualTo("third");
    }

    @Test
    void aCallerThatWaitsIsRefusedWhenTheApplicationStops() throws Throwable {
        PlannedMethod method = method(Excess.WAIT);
        method.call(() -> "7.30");
        Caller second = new Caller(method, () -> "second").parked();

        this.stopping.abort(AbortReason.shutdown("closing"));

        assertThat(Results.awaitFailure(second.outcome))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(CallRejectedException.Reason.CLOSED));
    }

    @Test
    void callersThatShareARunAllGetItsValue() throws Throwable {
        PlannedMethod method = method(Excess.SHARE);
        method.call(() -> "7.30");
        Caller second = new Caller(method, () -> "second").parked();
        Caller third = new Caller(method, () -> "third").parked();

        this.time.advance(WINDOW);

        assertThat(Results.await(second.outcome)).isEqualTo("third");
        assertThat(Results.await(third.outcome)).isEqualTo("third");
    }

    @Test
    void aCallerThatIsInterruptedLeavesASharedRunToTheOthers() throws Throwable {
        PlannedMethod method = method(Excess.SHARE);
        method.call(() -> "7.30");
        Caller second = new Caller(method, () -> "second").parked();
        Caller third = new Caller(method, () -> "third").parked();

        third.thread.interrupt();
        assertThat(Results.awaitFailure(third.outcome)).isInstanceOf(AbortedException.class);
        this.time.advance(WINDOW);

        assertThat(Results.await(second.outcome)).isEqualTo("second");
    }
}
