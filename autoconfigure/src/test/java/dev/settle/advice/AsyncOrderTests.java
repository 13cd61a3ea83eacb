package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.util.AopTestUtils;

/** Settle stands outside {@code @Async}: each attempt is a task of its own. */
class AsyncOrderTests {

    private final ApplicationContextRunner runner =
            Startup.runner().withUserConfiguration(AsyncConfiguration.class).withBean(Prices.class);

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class AsyncConfiguration {

        @Bean
        Counting taskExecutor() {
            return new Counting();
        }
    }

    static class Counting implements Executor {

        final AtomicInteger tasks = new AtomicInteger();
        private final SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("work-");

        @Override
        public void execute(Runnable task) {
            this.tasks.incrementAndGet();
            this.threads.execute(task);
        }
    }

    static class Prices {

        final List<String> threads = new CopyOnWriteArrayList<>();
        final AtomicInteger voids = new AtomicInteger();

        @Async
        @Retry(delay = "0s")
        public CompletableFuture<String> find() throws IOException {
            this.threads.add(Thread.currentThread().getName());
            if (this.threads.size() < 3) {
                throw new IOException("refused");
            }
            return CompletableFuture.completedFuture("7.30");
        }

        @Async
        @Timeout("20ms")
        public CompletableFuture<String> slow() {
            return new CompletableFuture<>();
        }

        @Async
        @Retry
        public void fireAndForget(CountDownLatch done) {
            this.voids.incrementAndGet();
            done.countDown();
        }
    }

    @Test
    void eachAttemptIsATaskOfItsOwn() {
        this.runner.run(context -> {
            Prices prices = context.getBean(Prices.class);

            assertThat(Results.await(prices.find())).isEqualTo("7.30");

            assertThat(context.getBean(Counting.class).tasks).hasValue(3);
            Prices target = AopTestUtils.getUltimateTargetObject(prices);
            assertThat(target.threads).hasSize(3).allMatch(name -> name.startsWith("work-"));
        });
    }

    @Test
    void movedInsideAllAttemptsAreOneTask() {
        this.runner.withPropertyValues("settle.advisor-order=0").run(context -> {
            assertThat(Results.await(context.getBean(Prices.class).find())).isEqualTo("7.30");

            assertThat(context.getBean(Counting.class).tasks).hasValue(1);
        });
    }

    @Test
    void anAsyncMethodThatIsTooSlowTimesOut() {
        this.runner.run(context -> assertThat(
                        Results.awaitFailure(context.getBean(Prices.class).slow()))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.limit()).isEqualTo(Duration.ofMillis(20))));
    }

    @Test
    void anAsyncMethodWithoutAValueRuns() {
        this.runner.run(context -> {
            CountDownLatch done = new CountDownLatch(1);

            context.getBean(Prices.class).fireAndForget(done);

            Results.await(done);
        });
    }

    @Test
    void itWorksOnVirtualThreadsWhereTheJdkHasThem() {
        this.runner
                .withUserConfiguration(Virtual.class)
                .withAllowBeanDefinitionOverriding(true)
                .run(context -> assertThat(
                                Results.await(context.getBean(Prices.class).find()))
                        .isEqualTo("7.30"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Virtual {

        @Bean
        Executor taskExecutor() {
            return (Runtime.version().feature() >= 21)
                    ? new VirtualThreadTaskExecutor("work-")
                    : new SimpleAsyncTaskExecutor("work-");
        }
    }
}
