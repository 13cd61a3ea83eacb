package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.core.AsyncCall;
import dev.settle.core.Results;
import dev.settle.policy.retry.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BlockingTests {

    private final Queue<Runnable> threads = new ArrayDeque<>();

    @Test
    void valueAndFailureAreThoseOfTheCode() throws Exception {
        IOException broken = new IOException("broken");

        assertThat(Results.await(Blocking.of(() -> "done").start().toCompletableFuture()))
                .isEqualTo("done");
        assertThat(Results.awaitFailure(Blocking.of(() -> {
                            throw broken;
                        })
                        .start()
                        .toCompletableFuture()))
                .isSameAs(broken);
    }

    @Test
    void eachStartRunsItOnce() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        AsyncCall<Integer> work = Blocking.of(() -> {
            if (runs.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            return runs.get();
        });

        assertThat(Results.await(RetryPolicy.times(3)
                        .delay(Duration.ofMillis(1), Duration.ofMillis(1))
                        .build()
                        .call(work)))
                .isEqualTo(3);
    }

    @Test
    void codeThatIsGivenUpBeforeItsThreadCameNeverRuns() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<Integer> run =
                Blocking.of(this.threads::add, runs::incrementAndGet).start().toCompletableFuture();

        assertThat(run.cancel(true)).isTrue();
        this.threads.remove().run();

        assertThat(run).isCancelled();
        assertThat(runs).hasValue(0);
    }

    @Test
    void codeRunsUnderTheSignalOfWhoStartedIt() throws Exception {
        AbortSource around = new AbortSource();
        AbortSignal outer = CurrentSignal.swap(around);
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<String> run;
        try {
            run = Blocking.of(() -> {
                        inside.countDown();
                        new CountDownLatch(1).await();
                        return "never";
                    })
                    .start()
                    .toCompletableFuture();
        } finally {
            CurrentSignal.swap(outer);
        }
        Results.await(inside);

        around.abort(AbortReason.application("enough"));

        assertThat(Results.awaitFailure(run)).hasMessageContaining("enough");
        assertThat(around.listening()).isZero();
    }

    @Test
    void codeThatIsRejectedHangsOnNothing() {
        AbortSource around = new AbortSource();
        AbortSignal outer = CurrentSignal.swap(around);
        try {
            assertThatThrownBy(() -> Blocking.of(
                                    task -> {
                                        throw new RejectedExecutionException("full");
                                    },
                                    () -> "never")
                            .start())
                    .isInstanceOf(RejectedExecutionException.class);
        } finally {
            CurrentSignal.swap(outer);
        }
        assertThat(around.listening()).isZero();
    }

    @Test
    void interruptOfOneIsNotFoundByTheNext() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<String> run = Blocking.of(this.threads::add, () -> {
                    inside.countDown();
                    new CountDownLatch(1).await();
                    return "never";
                })
                .start()
                .toCompletableFuture();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            this.threads.remove().run();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        thread.start();
        Results.await(inside);

        run.cancel(true);

        assertThat(Results.await(interrupted)).isFalse();
        assertThat(run).isCompletedExceptionally();
    }
}
