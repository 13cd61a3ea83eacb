package dev.settle.policy.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods that block their own thread; deadlines are brought about by the method itself, or come in real time. */
class BlockingMethodTimeoutTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** Not before the method has begun, also on a busy machine. */
    private static final Duration SOON = Duration.ofMillis(250);

    private final VirtualTime time = new VirtualTime();
    private final PlannedMethod virtual = PlannedMethod.with(TimeoutPolicy.of(LIMIT, true, this.time));
    private final PlannedMethod real = PlannedMethod.with(TimeoutPolicy.of(SOON));

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @AfterEach
    void thisThreadIsNotInterrupted() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private static void blockForEver() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Test
    void aBlockingMethodIsInterruptedAndItsCallerGetsTheTimeout() {
        AtomicReference<Throwable> met = new AtomicReference<>();

        Throwable thrown = catchThrowable(() -> this.real.call(() -> {
            try {
                blockForEver();
            } catch (InterruptedException ex) {
                met.set(ex);
                throw ex;
            }
            return "never";
        }));

        assertThat(met.get()).isInstanceOf(InterruptedException.class);
        assertThat(thrown).isInstanceOfSatisfying(CallTimeoutException.class, timeout -> {
            assertThat(timeout.limit()).isEqualTo(SOON);
            assertThat(timeout.reason().kind()).isEqualTo(Kind.TIMEOUT);
        });
    }

    @Test
    void theSignalInsideAbortsWithTheTimeout() {
        AtomicReference<AbortSignal> signal = new AtomicReference<>();

        Throwable thrown = catchThrowable(() -> this.virtual.call(() -> {
            signal.set(AbortSignal.current());
            this.time.advance(LIMIT);
            return "late";
        }));

        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        assertThat(signal.get().reason().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void aMethodThatSwallowsTheInterruptTimesOutAllTheSame() {
        Throwable thrown = catchThrowable(() -> this.real.call(() -> {
            try {
                blockForEver();
            } catch (InterruptedException swallowed) {
                // On purpose.
            }
            return "late";
        }));

        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
    }

    @Test
    void aMethodThatRestoresTheInterruptLeavesNoneBehind() {
        AtomicReference<Boolean> inside = new AtomicReference<>();

        Throwable thrown = catchThrowable(() -> this.real.call(() -> {
            try {
                blockForEver();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
            inside.set(Thread.currentThread().isInterrupted());
            return "late";
        }));

        assertThat(inside.get()).isTrue();
        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
    }

    @Test
    void aMethodThatDoesNotLookLeavesNoInterruptBehind() {
        Throwable thrown = catchThrowable(() -> this.virtual.call(() -> {
            this.time.advance(LIMIT);
            return "late";
        }));

        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aMethodThatEndsInTimeIsNotInterrupted() throws Throwable {
        Object value = this.virtual.call(() -> {
            this.time.advance(LIMIT.minusNanos(1));
            return Thread.currentThread().isInterrupted();
        });

        assertThat(value).isEqualTo(false);
    }

    @Test
    void withoutCancelTheMethodIsNotInterruptedAndItsCallerGetsTheTimeout() {
        PlannedMethod lenient = PlannedMethod.with(TimeoutPolicy.of(LIMIT, false, this.time));
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        AtomicReference<Boolean> told = new AtomicReference<>();

        Throwable thrown = catchThrowable(() -> lenient.call(() -> {
            this.time.advance(LIMIT);
            interrupted.set(Thread.currentThread().isInterrupted());
            told.set(AbortSignal.current().aborted());
            return "late";
        }));

        assertThat(interrupted.get()).isFalse();
        assertThat(told.get()).isTrue();
        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
    }

    @Test
    void aFutureReturningMethodThatBlocksBeforeItReturnsIsInterruptedToo() throws Exception {
        AtomicReference<Throwable> met = new AtomicReference<>();

        CompletableFuture<String> call = this.real.start(() -> {
            try {
                blockForEver();
            } catch (InterruptedException ex) {
                met.set(ex);
            }
            return new CompletableFuture<>();
        });

        assertThat(Results.awaitFailure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(met.get()).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anAttemptThatIsInterruptedIsRetriedOnTheSameThreadWithAFreshFlag() throws Throwable {
        List<Boolean> flags = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        PlannedMethod method = PlannedMethod.with(
                RetryPolicy.times(1).delay(Duration.ZERO, Duration.ZERO).build(), TimeoutPolicy.of(SOON));

        Object value = method.call(() -> {
            flags.add(Thread.currentThread().isInterrupted());
            threads.add(Thread.currentThread());
            if (threads.size() == 1) {
                blockForEver();
            }
            return "7.30";
        });

        assertThat(value).isEqualTo("7.30");
        assertThat(flags).containsExactly(false, false);
        assertThat(threads).containsOnly(Thread.currentThread());
    }

    @Test
    void aTimeoutAroundARetryInterruptsTheDelayWithoutALeftover() {
        PlannedMethod method = PlannedMethod.with(
                TimeoutPolicy.of(SOON),
                RetryPolicy.times(1)
                        .delay(Duration.ofHours(1), Duration.ofHours(1))
                        .build());

        Throwable thrown = catchThrowable(() -> method.call(() -> {
            throw new IOException("refused");
        }));

        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptFromOutsideThatTheMethodRestoresStays() throws Exception {
        CompletableFuture<Object> value = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CountDownLatch inside = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            try {
                value.complete(this.virtual.call(() -> {
                    inside.countDown();
                    try {
                        blockForEver();
                    } catch (InterruptedException ex) {
                        Thread.currentThread().interrupt();
                    }
                    return "interrupted by somebody else";
                }));
            } catch (Throwable ex) {
                value.completeExceptionally(ex);
            }
            flag.complete(Thread.currentThread().isInterrupted());
        });

        caller.start();
        Results.await(inside);
        caller.interrupt();

        assertThat(Results.await(value)).isEqualTo("interrupted by somebody else");
        assertThat(Results.await(flag)).isTrue();
    }

    @Test
    void theInterruptOfAnInnerCallDoesNotReachTheOuterMethod() throws Throwable {
        PlannedMethod outer = PlannedMethod.with(TimeoutPolicy.of(Duration.ofHours(1)));
        AtomicReference<Throwable> inner = new AtomicReference<>();

        Object interrupted = outer.call(() -> {
            inner.set(catchThrowable(() -> this.real.call(() -> {
                blockForEver();
                return "never";
            })));
            return Thread.currentThread().isInterrupted();
        });

        assertThat(inner.get()).isInstanceOf(CallTimeoutException.class);
        assertThat(interrupted).isEqualTo(false);
    }

    @Test
    void theDeadlineOfTheOuterCallInterruptsTheInnerMethodAndThenTheOuterOne() {
        PlannedMethod inner = PlannedMethod.with(TimeoutPolicy.of(Duration.ofHours(1)));
        AtomicReference<Throwable> innerThrown = new AtomicReference<>();
        AtomicReference<Boolean> outerInterrupted = new AtomicReference<>();

        Throwable thrown = catchThrowable(() -> this.real.call(() -> {
            innerThrown.set(catchThrowable(() -> inner.call(() -> {
                blockForEver();
                return "never";
            })));
            outerInterrupted.set(Thread.currentThread().isInterrupted());
            return "late";
        }));

        assertThat(innerThrown.get())
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.limit()).isEqualTo(SOON));
        assertThat(outerInterrupted.get()).as("the outer method is to stop too").isTrue();
        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptThatTheInnerMethodSwallowsReachesTheOuterOne() {
        PlannedMethod inner = PlannedMethod.with();
        AtomicReference<Boolean> outerInterrupted = new AtomicReference<>();

        Throwable thrown = catchThrowable(() -> this.virtual.call(() -> {
            shielded(inner, () -> {
                this.time.advance(LIMIT);
                return Thread.interrupted();
            });
            outerInterrupted.set(Thread.currentThread().isInterrupted());
            return "late";
        }));

        assertThat(outerInterrupted.get()).isTrue();
        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** Calls a method that does not hang on the call it is part of. */
    private static void shielded(PlannedMethod method, Callable<?> body) {
        AbortSignal outer = CurrentSignal.swap(null);
        try {
            method.call(body);
        } catch (Throwable ex) {
            throw new AssertionError(ex);
        } finally {
            CurrentSignal.swap(outer);
        }
    }

    @Test
    void theDeadlineOfTheOuterCallEndsTheDelayOfTheInnerOne() {
        PlannedMethod inner = PlannedMethod.with(RetryPolicy.times(1)
                .delay(Duration.ofHours(1), Duration.ofHours(1))
                .build());
        AtomicReference<Throwable> innerThrown = new AtomicReference<>();

        Throwable thrown = catchThrowable(() -> this.real.call(() -> {
            innerThrown.set(catchThrowable(() -> inner.call(() -> {
                throw new IOException("refused");
            })));
            return "late";
        }));

        assertThat(innerThrown.get()).isInstanceOf(CallTimeoutException.class);
        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aContinuationThatBlocksDoesNotDelayOtherTimeouts() throws Exception {
        CountDownLatch blocking = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        TimeoutPolicy soon = TimeoutPolicy.of(SOON);
        CompletableFuture<String> first = soon.call(CompletableFuture::new);
        CompletableFuture<?> blocked = first.handle((value, failure) -> {
            blocking.countDown();
            try {
                release.await();
            } catch (InterruptedException ex) {
                throw new AssertionError(ex);
            }
            return value;
        });
        Results.await(blocking);

        List<CompletableFuture<String>> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            others.add(soon.call(CompletableFuture::new));
        }

        for (CompletableFuture<String> other : others) {
            assertThat(Results.awaitFailure(other)).isInstanceOf(CallTimeoutException.class);
        }
        assertThat(blocked).isNotDone();
        release.countDown();
        Results.await(blocked);
    }
}
