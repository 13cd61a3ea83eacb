package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.test.util.AopTestUtils;

/** The policies follow the outcome of a method, whatever its return type. */
class ReturnTypeTests {

    private final VirtualTime time = new VirtualTime();
    private final ApplicationContextRunner real = Startup.runner().withBean("prices", Prices.class);
    private final ApplicationContextRunner virtual = Startup.runner(this.time).withBean("prices", Prices.class);

    static class Prices {

        final AtomicInteger attempts = new AtomicInteger();
        volatile CompletableFuture<String> pending = new CompletableFuture<>();
        volatile FutureTask<String> task = new FutureTask<>(() -> "7.30");

        private boolean fails() {
            return this.attempts.incrementAndGet() < 3;
        }

        @Retry(delay = "0s")
        public String value() throws IOException {
            if (fails()) {
                throw new IOException("refused");
            }
            return "7.30";
        }

        @Retry(delay = "0s")
        public void nothing() throws IOException {
            if (fails()) {
                throw new IOException("refused");
            }
        }

        @Retry(delay = "0s")
        public int primitive() {
            if (fails()) {
                throw new IllegalStateException("refused");
            }
            return 7;
        }

        @Retry(delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> future() {
            return fails()
                    ? CompletableFuture.failedFuture(new IOException("reset"))
                    : CompletableFuture.completedFuture("7.30");
        }

        @Retry(delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> throwing() throws IOException {
            if (fails()) {
                throw new IOException("refused");
            }
            return CompletableFuture.completedFuture("7.30");
        }

        @Retry(delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> empty() {
            return fails() ? null : CompletableFuture.completedFuture("7.30");
        }

        @Retry(delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletionStage<String> stage() {
            return fails()
                    ? CompletableFuture.failedStage(new IOException("reset"))
                    : CompletableFuture.completedStage("7.30");
        }

        @Retry(delay = "0s")
        public Future<String> plainFuture() {
            FutureTask<String> work = new FutureTask<>(() -> {
                if (fails()) {
                    throw new IOException("reset");
                }
                return "7.30";
            });
            work.run();
            return work;
        }

        @Timeout("1m")
        public Future<String> pendingTask() {
            return this.task;
        }

        @Retry(delay = "0s", maxRetries = 2)
        public Future<String> noFuture() {
            this.attempts.incrementAndGet();
            return null;
        }

        @Timeout("1s")
        public CompletableFuture<String> slow() {
            return this.pending;
        }

        @Timeout("20ms")
        public String blocking() throws InterruptedException {
            new CountDownLatch(1).await();
            return "never";
        }
    }

    @Test
    void aValueIsRetried() {
        this.real.run(context -> {
            Prices prices = context.getBean(Prices.class);

            assertThat(prices.value()).isEqualTo("7.30");
            assertThat(prices.primitive()).isEqualTo(7);
        });
    }

    @Test
    void aMethodWithoutAValueIsRetried() {
        this.real.run(context -> {
            Prices prices = context.getBean(Prices.class);

            prices.nothing();

            assertThat(target(prices).attempts).hasValue(3);
        });
    }

    private static Prices target(Prices proxy) {
        return (Prices) AopTestUtils.getUltimateTargetObject(proxy);
    }

    @Test
    void aFailedFutureIsRetried() {
        this.virtual.run(context -> {
            CompletableFuture<String> call = context.getBean(Prices.class).future();
            this.time.advance(Duration.ofSeconds(3));

            assertThat(call).isCompletedWithValue("7.30");
        });
    }

    @Test
    void aThrowFromAFutureReturningMethodIsRetried() {
        this.virtual.run(context -> {
            CompletableFuture<String> call = context.getBean(Prices.class).throwing();
            this.time.advance(Duration.ofSeconds(3));

            assertThat(call).isCompletedWithValue("7.30");
        });
    }

    @Test
    void aNullFutureIsRetried() {
        this.virtual.run(context -> {
            CompletableFuture<String> call = context.getBean(Prices.class).empty();
            this.time.advance(Duration.ofSeconds(3));

            assertThat(call).isCompletedWithValue("7.30");
        });
    }

    @Test
    void aStageIsRetried() {
        this.virtual.run(context -> {
            CompletionStage<String> call = context.getBean(Prices.class).stage();
            this.time.advance(Duration.ofSeconds(3));

            assertThat(call).isCompletedWithValue("7.30");
        });
    }

    @Test
    void aPlainFutureIsRetried() {
        this.real.run(context -> {
            Future<String> call = context.getBean(Prices.class).plainFuture();

            assertThat(Results.await(call)).isEqualTo("7.30");
        });
    }

    @Test
    void aPlainFutureThatIsNullIsAFailure() {
        this.real.run(context -> {
            Prices prices = context.getBean(Prices.class);

            Throwable thrown = catchThrowable(() -> Results.await(prices.noFuture()));

            assertThat(thrown).hasRootCauseMessage("'prices.noFuture' returned null instead of a future");
            assertThat(target(prices).attempts).hasValue(3);
        });
    }

    @Test
    void aPlainFutureIsAwaitedWithoutHoldingTheCaller() {
        this.real.run(context -> {
            Prices prices = context.getBean(Prices.class);
            Future<String> call = prices.pendingTask();
            boolean before = call.isDone();

            target(prices).task.run();

            assertThat(before).isFalse();
            assertThat(Results.await(call)).isEqualTo("7.30");
        });
    }

    @Test
    void cancellingReachesThePlainFutureOfTheMethod() {
        this.real.run(context -> {
            Prices prices = context.getBean(Prices.class);
            Future<String> call = prices.pendingTask();

            assertThat(call.cancel(true)).isTrue();

            assertThat(call.isCancelled()).isTrue();
            assertThat(target(prices).task.isCancelled()).isTrue();
        });
    }

    @Test
    void aFutureThatIsTooSlowTimesOut() {
        this.virtual.run(context -> {
            Prices prices = context.getBean(Prices.class);
            CompletableFuture<String> call = prices.slow();

            this.time.advance(Duration.ofSeconds(1));

            assertThat(Results.failure(call))
                    .isInstanceOf(CallTimeoutException.class)
                    .hasMessageContaining("prices.slow");
            assertThat(target(prices).pending).isCancelled();
        });
    }

    @Test
    void cancellingReachesTheFutureOfTheMethod() {
        this.virtual.run(context -> {
            Prices prices = context.getBean(Prices.class);

            prices.slow().cancel(true);

            assertThat(target(prices).pending).isCancelled();
            assertThat(this.time.pending()).isZero();
        });
    }

    @Test
    void aBlockingMethodIsInterruptedOnItsOwnThread() {
        this.real.run(context -> {
            Prices prices = context.getBean(Prices.class);

            Throwable thrown = catchThrowable(prices::blocking);

            assertThat(thrown).isInstanceOf(CallTimeoutException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
        });
    }

    @Test
    void aCheckedExceptionReachesTheCallerAsItIs() {
        this.real
                .withBean("strict", Strict.class)
                .run(context -> assertThat(catchThrowable(
                                () -> context.getBean(Strict.class).find()))
                        .isExactlyInstanceOf(IOException.class)
                        .hasMessage("refused"));
    }

    static class Strict {
        @Retry(maxRetries = 0)
        public String find() throws IOException {
            throw new IOException("refused");
        }
    }
}
