package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.InFlight;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of synchronous methods, and the waits on their callers' threads. */
class CallerThreadTests {

    private static final Duration LONG = Duration.ofHours(1);

    private final InFlight inFlight = new InFlight();
    private final PlannedMethod plain = PlannedMethod.with().trackedBy(this.inFlight);
    private final PlannedMethod patient =
            PlannedMethod.with(RetryPolicy.times(1).delay(LONG, LONG).build()).trackedBy(this.inFlight);

    @AfterEach
    void nothingIsInFlight() {
        assertThat(this.inFlight.size()).isZero();
    }

    @AfterEach
    void thisThreadIsAsItWas() {
        assertThat(Thread.interrupted()).isFalse();
        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
    }

    @Test
    void aValueIsReturned() throws Throwable {
        assertThat(this.plain.call(() -> "7.30")).isEqualTo("7.30");
    }

    @Test
    void nullIsAValue() throws Throwable {
        assertThat(this.plain.call(() -> null)).isNull();
    }

    @Test
    void aFutureThatAMethodReturnsAsItsValueIsAValue() throws Throwable {
        CompletableFuture<String> value = CompletableFuture.failedFuture(new IOException("reset"));

        assertThat(this.plain.call(() -> value)).isSameAs(value);
    }

    @Test
    void aCheckedExceptionIsThrownAsItIs() {
        IOException failure = new IOException("refused");

        assertThat(catchThrowable(() -> this.plain.call(() -> {
                    throw failure;
                })))
                .isSameAs(failure);
    }

    @Test
    void anErrorIsThrownAsItIs() {
        AssertionError failure = new AssertionError("on purpose");

        assertThat(catchThrowable(() -> this.plain.call(() -> {
                    throw failure;
                })))
                .isSameAs(failure);
    }

    @Test
    void anInterruptThatTheMethodLeavesBehindIsItsOwn() throws Throwable {
        this.plain.call(() -> {
            Thread.currentThread().interrupt();
            return "7.30";
        });

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aThreadThatIsInterruptedAlreadyMayStillCall() throws Throwable {
        Thread.currentThread().interrupt();

        assertThat(this.plain.call(() -> "7.30")).isEqualTo("7.30");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aThreadThatIsInterruptedAlreadyDoesNotWait() {
        Thread.currentThread().interrupt();

        Throwable thrown = catchThrowable(() -> this.patient.call(() -> {
            throw new IOException("refused");
        }));

        assertThat(thrown)
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason().kind()).isEqualTo(Kind.CALLER_CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anAbortEndsTheWait() throws Exception {
        AbortSource passed = new AbortSource();
        CountDownLatch failed = new CountDownLatch(1);
        IOException failure = new IOException("refused");
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = new Thread(() -> thrown.complete(catchThrowable(() -> this.patient.call(passed, () -> {
            failed.countDown();
            throw failure;
        }))));

        caller.start();
        Results.await(failed);
        passed.abort(AbortReason.application("enough"));

        assertThat(Results.await(thrown))
                .isInstanceOf(AbortedException.class)
                .hasMessage("enough")
                .hasSuppressedException(failure);
    }

    @Test
    void anAbortInterruptsTheMethodAndLeavesNoInterrupt() throws Throwable {
        AbortSource passed = new AbortSource();

        Throwable thrown = catchThrowable(() -> this.plain.call(passed, () -> {
            passed.abort(AbortReason.application("enough"));
            new CountDownLatch(1).await();
            return "never";
        }));

        assertThat(thrown).isInstanceOf(AbortedException.class).hasMessage("enough");
        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aValueThatIsThereAfterAnAbortIsReturned() throws Throwable {
        AbortSource passed = new AbortSource();

        Object value = this.plain.call(passed, () -> {
            passed.abort(AbortReason.application("enough"));
            return "7.30";
        });

        assertThat(value).isEqualTo("7.30");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aCallIsRefusedWhenTheGateIsClosed() {
        this.inFlight.close();

        assertThat(catchThrowable(() -> this.plain.call(() -> "7.30")))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(CallRejectedException.Reason.CLOSED));
    }

    @Test
    void anAsynchronousCallIsRefusedThroughItsFuture() {
        this.inFlight.close();

        CompletableFuture<String> call = this.plain.start(() -> CompletableFuture.completedFuture("7.30"));

        assertThat(Results.failure(call)).isInstanceOfSatisfying(CallRejectedException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(CallRejectedException.Reason.CLOSED);
            assertThat(refused.name()).isEqualTo(PlannedMethod.NAME);
        });
    }

    @Test
    void aCallThatIsPartOfAnotherIsLetInThroughAClosedGate() throws Throwable {
        Object value = this.plain.call(() -> {
            this.inFlight.close();
            try {
                return (String) this.plain.call(() -> "7.30");
            } catch (Throwable ex) {
                throw new AssertionError(ex);
            }
        });

        assertThat(value).isEqualTo("7.30");
    }

    @Test
    void manyRetriesPassThroughTheCallersThread() throws Throwable {
        AtomicInteger attempts = new AtomicInteger();
        PlannedMethod method = PlannedMethod.with(RetryPolicy.times(200)
                .delay(Duration.ZERO, Duration.ZERO)
                .time(TimeSource.system())
                .build());

        Object value = method.call(() -> {
            if (attempts.incrementAndGet() < 200) {
                throw new IOException("refused");
            }
            return Thread.currentThread();
        });

        assertThat(value).isSameAs(Thread.currentThread());
    }
}
