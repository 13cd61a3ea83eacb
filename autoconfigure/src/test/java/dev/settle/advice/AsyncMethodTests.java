package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.util.AopTestUtils;

/** What the policies of an {@code @Async} method cover, with an executor whose tasks run by hand. */
class AsyncMethodTests {

    private final VirtualTime time = new VirtualTime();

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class AsyncConfiguration {

        @Bean
        HandExecutor taskExecutor() {
            return new HandExecutor();
        }
    }

    static class Prices {

        private final List<Object> runs = new ArrayList<>();

        List<Object> runs() {
            return this.runs;
        }

        @Async
        @Bulkhead(1)
        public CompletableFuture<String> find(String id) {
            this.runs.add(id);
            return CompletableFuture.completedFuture(id + " 7.30");
        }

        @Async
        @Exclusive(onConflict = Exclusive.OnConflict.REJECT)
        public CompletableFuture<String> reprice() {
            return CompletableFuture.completedFuture("done");
        }

        @Async
        @Throttle(excess = Throttle.Excess.REJECT)
        public CompletableFuture<String> quote() {
            return CompletableFuture.completedFuture("7.30");
        }

        @Async
        @Bulkhead(1)
        public CompletableFuture<String> signalled(AbortSignal signal) {
            this.runs.add(signal);
            this.runs.add(AbortSignal.current());
            return CompletableFuture.completedFuture("7.30");
        }

        @Async
        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> flaky() throws IOException {
            this.runs.add(this.runs.size());
            if (this.runs.size() < 2) {
                throw new IOException("reset");
            }
            return CompletableFuture.completedFuture("7.30");
        }
    }

    private void run(BiConsumer<Prices, HandExecutor> test) {
        Startup.runner(this.time)
                .withUserConfiguration(AsyncConfiguration.class)
                .withBean(Prices.class)
                .run(context -> test.accept(context.getBean(Prices.class), context.getBean(HandExecutor.class)));
    }

    private static List<Object> runs(Prices prices) {
        return AopTestUtils.<Prices>getUltimateTargetObject(prices).runs();
    }

    @Test
    void aPermitIsHeldUntilTheFutureSettles() {
        run((prices, executor) -> {
            CompletableFuture<String> first = prices.find("EUR");
            CompletableFuture<String> second = prices.find("USD");

            assertThat(executor.taken()).as("who waits takes no thread").isOne();
            executor.runNext();
            assertThat(first).isCompletedWithValue("EUR 7.30");
            assertThat(executor.taken()).isEqualTo(2);
            executor.runNext();
            assertThat(second).isCompletedWithValue("USD 7.30");
        });
    }

    @Test
    void aLockIsHeldWhileTheTaskWaitsForAThread() {
        run((prices, executor) -> {
            CompletableFuture<String> first = prices.reprice();

            assertThat(Results.failure(prices.reprice())).isInstanceOf(CallRejectedException.class);
            executor.runNext();
            assertThat(first).isCompletedWithValue("done");
        });
    }

    @Test
    void whatIsRefusedIsNeverHandedOver() {
        run((prices, executor) -> {
            prices.quote();

            assertThat(Results.failure(prices.quote())).isInstanceOf(CallRejectedException.class);
            assertThat(executor.taken()).isOne();
            executor.runNext();
        });
    }

    @Test
    void theSignalReachesTheTaskAsAParameterButNotItsThread() {
        run((prices, executor) -> {
            CompletableFuture<String> call = prices.signalled(null);
            executor.runNext();

            assertThat(call).isCompleted();
            assertThat(runs(prices).get(0)).isNotNull().isNotSameAs(AbortSignal.never());
            assertThat(runs(prices).get(1)).isSameAs(AbortSignal.never());
        });
    }

    @Test
    void aCallThatIsCancelledBeforeItsTaskBeginsNeverRuns() {
        run((prices, executor) -> {
            CompletableFuture<String> call = prices.find("EUR");

            call.cancel(true);
            executor.runNext();

            assertThat(runs(prices)).isEmpty();
            assertThat(prices.find("USD")).as("the permit is free").isNotDone();
            executor.runNext();
            assertThat(runs(prices)).containsExactly("USD");
        });
    }

    @Test
    void theDelayBeforeARetryTakesNoThreadOfTheExecutor() {
        run((prices, executor) -> {
            CompletableFuture<String> call = call(prices);
            executor.runNext();
            assertThat(executor.taken()).isOne();

            this.time.advance(Duration.ofSeconds(1));
            assertThat(executor.taken()).isEqualTo(2);
            executor.runNext();

            assertThat(call).isCompletedWithValue("7.30");
        });
    }

    private static CompletableFuture<String> call(Prices prices) {
        try {
            return prices.flaky();
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }
}
