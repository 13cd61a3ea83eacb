package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** What becomes of the thread of an {@code @Async} method when its caller gives up. */
class AsyncCancelTests {

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Platform {

        @Bean
        Executor taskExecutor() {
            return new SimpleAsyncTaskExecutor("work-");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Virtual {

        @Bean
        Executor taskExecutor() {
            return new VirtualThreadTaskExecutor("work-");
        }
    }

    /** What a run of a method is seen to do. */
    static class Run {

        final CompletableFuture<Thread> begun = new CompletableFuture<>();
        final CompletableFuture<AbortSignal> signal = new CompletableFuture<>();
        final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        final CountDownLatch mayEnd = new CountDownLatch(1);

        String await(AbortSignal own) {
            this.signal.complete(own);
            this.begun.complete(Thread.currentThread());
            try {
                this.mayEnd.await();
                this.interrupted.complete(Thread.interrupted());
            } catch (InterruptedException ex) {
                this.interrupted.complete(true);
            }
            return "7.30";
        }
    }

    static class Prices {

        @Async
        @Bulkhead(1)
        public CompletableFuture<String> find(Run run, AbortSignal signal) {
            return CompletableFuture.completedFuture(run.await(signal));
        }

        @Async
        @Timeout("1h")
        public Future<String> findPlain(Run run, AbortSignal signal) {
            return CompletableFuture.completedFuture(run.await(signal));
        }
    }

    private static void on(Class<?> configuration, Consumer<Prices> test) {
        Startup.runner()
                .withUserConfiguration(configuration)
                .withBean(Prices.class)
                .run(context -> test.accept(context.getBean(Prices.class)));
    }

    private static <T> T await(Future<T> future) {
        try {
            return Results.await(future);
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    private static void theSignalIsAbortedAndTheThreadGoesOn(Prices prices) {
        Run run = new Run();
        CompletableFuture<String> call = prices.find(run, null);
        await(run.begun);

        call.cancel(true);
        Run next = new Run();
        CompletableFuture<String> second = prices.find(next, null);
        await(next.begun);

        assertThat(await(run.signal).aborted()).isTrue();
        assertThat(run.interrupted).as("the thread of the first still runs").isNotDone();
        run.mayEnd.countDown();
        assertThat(await(run.interrupted)).isFalse();
        next.mayEnd.countDown();
        assertThat(await(second)).isEqualTo("7.30");
    }

    private static void theThreadIsInterrupted(Prices prices) {
        Run run = new Run();
        Future<String> call = prices.findPlain(run, null);
        await(run.begun);

        call.cancel(true);

        assertThat(await(run.interrupted)).isTrue();
        assertThat(await(run.signal).aborted()).isTrue();
    }

    @Test
    void cancellingACompletableFutureAbortsTheSignalAndLeavesTheThreadAlone() {
        on(Platform.class, AsyncCancelTests::theSignalIsAbortedAndTheThreadGoesOn);
    }

    @Test
    void cancellingAPlainFutureInterruptsTheThread() {
        on(Platform.class, AsyncCancelTests::theThreadIsInterrupted);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void onVirtualThreadsCancellingACompletableFutureLeavesTheThreadAloneToo() {
        on(Virtual.class, AsyncCancelTests::theSignalIsAbortedAndTheThreadGoesOn);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void onVirtualThreadsCancellingAPlainFutureInterruptsTheThreadToo() {
        on(Virtual.class, AsyncCancelTests::theThreadIsInterrupted);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void theMethodRunsOnAVirtualThreadOfTheExecutor() {
        on(Virtual.class, prices -> {
            Run run = new Run();
            CompletableFuture<String> call = prices.find(run, null);
            run.mayEnd.countDown();

            assertThat(await(call)).isEqualTo("7.30");
            assertThat(await(run.begun).toString()).startsWith("VirtualThread[").contains("work-");
        });
    }
}
