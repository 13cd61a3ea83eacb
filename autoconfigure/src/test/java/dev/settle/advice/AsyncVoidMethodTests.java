package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.aop.interceptor.AsyncUncaughtExceptionHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.util.AopTestUtils;

/** The policies of an {@code @Async} method without a value cover no more than its handing over. */
class AsyncVoidMethodTests {

    private final VirtualTime time = new VirtualTime();

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class AsyncConfiguration implements AsyncConfigurer {

        final List<Throwable> uncaught = new ArrayList<>();

        @Bean
        HandExecutor taskExecutor() {
            return new HandExecutor();
        }

        @Override
        public AsyncUncaughtExceptionHandler getAsyncUncaughtExceptionHandler() {
            return (Throwable ex, Method method, Object... arguments) -> this.uncaught.add(ex);
        }
    }

    static class Prices {

        private final List<Object> runs = new ArrayList<>();

        List<Object> runs() {
            return this.runs;
        }

        @Async
        @Retry(delay = "0s")
        public void report(String id) {
            this.runs.add(id);
            throw new IllegalStateException("refused");
        }

        @Async
        @Bulkhead(1)
        public void store(String id) {
            this.runs.add(id);
        }

        @Async
        @Debounce("1s")
        public void index(String id) {
            this.runs.add(id);
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
    void theFailureOfAVoidMethodGoesToTheUncaughtHandlerAndIsNotRetried() {
        Startup.runner(this.time)
                .withUserConfiguration(AsyncConfiguration.class)
                .withBean(Prices.class)
                .run(context -> {
                    HandExecutor executor = context.getBean(HandExecutor.class);
                    context.getBean(Prices.class).report("EUR");

                    executor.runNext();

                    assertThat(executor.taken()).isOne();
                    assertThat(context.getBean(AsyncConfiguration.class).uncaught)
                            .singleElement()
                            .satisfies(failure -> assertThat(failure).hasMessage("refused"));
                });
    }

    @Test
    void aVoidMethodHoldsItsPermitUntilItIsHandedOver() {
        run((prices, executor) -> {
            prices.store("EUR");
            prices.store("USD");

            assertThat(executor.taken()).isEqualTo(2);
            assertThat(runs(prices)).isEmpty();
        });
    }

    @Test
    void aDebouncedVoidMethodIsHandedOverAfterThePause() {
        run((prices, executor) -> {
            prices.index("EUR");
            prices.index("USD");
            assertThat(executor.taken()).isZero();

            this.time.advance(Duration.ofSeconds(1));
            executor.runNext();

            assertThat(executor.taken()).isOne();
            assertThat(runs(prices)).containsExactly("USD");
        });
    }
}
