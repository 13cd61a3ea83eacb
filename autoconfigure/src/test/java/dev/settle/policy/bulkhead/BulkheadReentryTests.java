package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.ReentrantCallException;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.Logs;
import dev.settle.context.SignalThreadLocalAccessor;
import dev.settle.core.Caller;
import dev.settle.core.HandWork;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls from inside a call that has a permit of the same limit. */
class BulkheadReentryTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final AsyncSemaphore one = semaphore(1);
    private final PlannedMethod single = PlannedMethod.with(this.one);

    private AsyncSemaphore semaphore(int permits) {
        return AsyncSemaphore.of(permits, WaitBounds.DEFAULT, this.time);
    }

    private CompletableFuture<String> inner(PlannedMethod method) {
        return method.start(() -> this.work.startAndEnd("inner"));
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aCallFromInsideTheOnlyPermitFailsAtOnceAndSaysWhy() {
        CompletableFuture<String> outer = this.single.start(() -> inner(this.single));

        assertThat(Results.failure(outer))
                .isInstanceOf(ReentrantCallException.class)
                .hasMessageContaining("'" + PlannedMethod.NAME + "'")
                .hasMessageContaining("would wait for itself");
        assertThat(this.work.started()).isEmpty();
        assertThat(this.one.free()).isOne();
    }

    @Test
    void aBlockingCallFromInsideTheOnlyPermitFailsAtOnce() {
        Throwable thrown = catchThrowable(() -> this.single.call(() -> {
            try {
                return this.single.call(() -> "inner");
            } catch (Throwable ex) {
                throw (Exception) ex;
            }
        }));

        assertThat(thrown).isInstanceOf(ReentrantCallException.class);
        assertThat(this.one.free()).isOne();
    }

    @Test
    void aCallOfAnotherMethodInBetweenChangesNothing() {
        PlannedMethod between = PlannedMethod.with(semaphore(1));

        CompletableFuture<String> outer = this.single.start(() -> between.start(() -> inner(this.single)));

        assertThat(Results.failure(outer)).isInstanceOf(ReentrantCallException.class);
    }

    @Test
    void aCallOnAnotherThreadIsRecognisedByTheSignalThatIsCarriedAlong() throws Exception {
        SignalThreadLocalAccessor accessor = new SignalThreadLocalAccessor();
        CompletableFuture<Caller> other = new CompletableFuture<>();
        this.single.start(() -> {
            AbortSignal carried = accessor.getValue();
            other.complete(new Caller("another thread", () -> {
                accessor.setValue(carried);
                return Results.await(inner(this.single));
            }));
            return this.work.start("outer");
        });

        assertThat(other.join().failure()).hasCauseInstanceOf(ReentrantCallException.class);
        this.work.end("outer");
    }

    @Test
    void aCallAfterTheOuterOneHasEndedIsNone() {
        CompletableFuture<AbortSignal> leaked = new CompletableFuture<>();
        this.single.start(() -> {
            leaked.complete(AbortSignal.current());
            return this.work.startAndEnd("outer");
        });
        this.single.start(() -> this.work.start("stranger"));

        CompletableFuture<String> late = Signals.under(leaked.join(), () -> inner(this.single));

        assertThat(late).isNotDone();
        this.work.end("stranger");
        assertThat(late).isCompletedWithValue("inner");
    }

    @Test
    void aStrangerWaits() {
        this.single.start(() -> this.work.start("outer"));

        CompletableFuture<String> stranger = inner(this.single);

        assertThat(stranger).isNotDone();
        this.work.end("outer");
        assertThat(stranger).isCompletedWithValue("inner");
    }

    @Test
    void withMorePermitsTheInnerCallTakesOneOfThem() {
        AsyncSemaphore two = semaphore(2);
        PlannedMethod twofold = PlannedMethod.with(two);

        CompletableFuture<String> outer = twofold.start(() -> inner(twofold));

        assertThat(outer).isCompletedWithValue("inner");
        assertThat(two.free()).isEqualTo(2);
    }

    @Test
    void withMorePermitsTheFirstInnerCallThatHasToWaitIsWarnedOfOnce() {
        PlannedMethod twofold = PlannedMethod.with(semaphore(2));
        try (Logs logs = new Logs(BulkheadStep.class)) {
            twofold.start(() -> this.work.start("stranger"));
            CompletableFuture<String> outer = twofold.start(() -> {
                inner(twofold);
                return inner(twofold);
            });

            this.work.end("stranger");

            assertThat(outer).isCompletedWithValue("inner");
            assertThat(logs.records()).hasSize(1);
            assertThat(logs.records().get(0).getParameters()).contains(PlannedMethod.NAME);
        }
    }

    @Test
    void anInnerCallThatNeedNotWaitIsNotWarnedOf() {
        PlannedMethod twofold = PlannedMethod.with(semaphore(2));
        try (Logs logs = new Logs(BulkheadStep.class)) {
            twofold.start(() -> inner(twofold));

            assertThat(logs.records()).isEmpty();
        }
    }

    @Test
    void aStrangerThatWaitsIsNotWarnedOf() {
        PlannedMethod twofold = PlannedMethod.with(semaphore(2));
        try (Logs logs = new Logs(BulkheadStep.class)) {
            twofold.start(() -> this.work.start("Ann"));
            twofold.start(() -> this.work.start("Bob"));
            inner(twofold);

            assertThat(logs.records()).isEmpty();
        }
        this.work.end("Ann");
        this.work.end("Bob");
    }

    @Test
    void aCallThatHasWaitedForTheOnlyPermitIsRecognisedToo() {
        this.single.start(() -> this.work.start("Ann"));
        CompletableFuture<String> outer = this.single.start(() -> inner(this.single));

        this.work.end("Ann");

        assertThat(Results.failure(outer)).isInstanceOf(ReentrantCallException.class);
        assertThat(this.one.free()).isOne();
    }
}
