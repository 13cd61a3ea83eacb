package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.context.SnapshotContext;
import dev.settle.core.CallContext;
import dev.settle.core.CallListener;
import dev.settle.core.Results;
import dev.settle.plan.MethodPlans;
import dev.settle.policy.timeout.TimeoutEvent;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.aspectj.weaver.Advice;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.AopTestUtils;
import reactor.core.publisher.Flux;

/** The auto-configuration for calls: what is there, what can be replaced, and what switches it off. */
class SettleAutoConfigurationTests {

    private final ApplicationContextRunner runner = Startup.runner().withBean("prices", Prices.class);

    /** Public, because a filtering class loader is not of its package. */
    public static class Prices {

        final AtomicInteger attempts = new AtomicInteger();

        @Retry(maxRetries = 1, delay = "0s")
        public String find() {
            if (this.attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("refused");
            }
            return "7.30";
        }

        @Timeout("1s")
        public CompletableFuture<String> slow() {
            return new CompletableFuture<>();
        }

        @Retry
        public String signal(AbortSignal signal) {
            return String.valueOf(signal);
        }
    }

    @Test
    void everythingIsThere() {
        this.runner.run(context -> assertThat(context)
                .hasSingleBean(TimeSource.class)
                .hasSingleBean(MethodPlans.class)
                .hasSingleBean(AsyncAbortController.class)
                .hasSingleBean(CallContext.class)
                .hasBean("settleBeanPostProcessor"));
    }

    @Test
    void bootFindsIt() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .run(context -> assertThat(context).hasSingleBean(MethodPlans.class));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SettleAutoConfiguration.class)
    static class Application {}

    @Test
    void switchedOffItDoesNothingAtAll() {
        this.runner.withPropertyValues("settle.enabled=false").run(context -> {
            Prices prices = context.getBean(Prices.class);

            assertThat(AopUtils.isAopProxy(prices)).isFalse();
            assertThat(prices.signal(null)).isEqualTo("null");
            assertThat(context).doesNotHaveBean(MethodPlans.class).doesNotHaveBean(AbortGroup.class);
        });
    }

    @Test
    void switchedOffItDoesNotEvenComplain() {
        Startup.runner()
                .withBean(Invalid.class)
                .withPropertyValues("settle.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    static class Invalid {
        @Timeout("soon")
        public final void find() {}
    }

    @Test
    void theApplicationsOwnTimeIsUsed() {
        VirtualTime time = new VirtualTime();
        this.runner.withBean(TimeSource.class, () -> time).run(context -> {
            CompletableFuture<String> call = context.getBean(Prices.class).slow();

            time.advance(Duration.ofSeconds(1));

            assertThat(call).isCompletedExceptionally();
        });
    }

    @Test
    void theApplicationsOwnContextIsUsed() {
        VirtualTime time = new VirtualTime();
        AtomicInteger captured = new AtomicInteger();
        CallContext own = () -> {
            captured.incrementAndGet();
            return Runnable::run;
        };
        Startup.runner(time)
                .withBean("prices", Prices.class)
                .withBean(CallContext.class, () -> own)
                .run(context -> {
                    context.getBean(Prices.class).slow();

                    assertThat(captured).hasValue(1);
                    assertThat(context).doesNotHaveBean(SnapshotContext.class);
                });
    }

    @Test
    void everyListenerIsToldInOrder() {
        VirtualTime time = new VirtualTime();
        List<String> told = new ArrayList<>();
        Startup.runner(time)
                .withBean("prices", Prices.class)
                .withBean("one", CallListener.class, () -> event -> told.add("one " + event.type()))
                .withBean("other", CallListener.class, () -> event -> told.add("other " + event.name()))
                .run(context -> {
                    CompletableFuture<String> future =
                            context.getBean(Prices.class).slow();
                    time.advance(Duration.ofSeconds(1));
                    assertThat(future).isCompletedExceptionally();
                });

        assertThat(told).containsExactly("one " + TimeoutEvent.TIMED_OUT, "other prices.slow");
    }

    @Test
    void itNeedsNeitherMicrometerNorReactorNorAspectJ() {
        this.runner
                .withClassLoader(new FilteredClassLoader(
                        ContextSnapshotFactory.class, MeterRegistry.class, Flux.class, Advice.class))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(CallContext.class);
                    assertThat(context.getBean(Prices.class).find()).isEqualTo("7.30");
                });
    }

    @Test
    void callsAreTrackedByTheController() {
        VirtualTime time = new VirtualTime();
        Startup.runner(time).withBean("prices", Prices.class).run(context -> {
            AsyncAbortController controller = context.getBean(AsyncAbortController.class);
            CompletableFuture<String> call = context.getBean(Prices.class).slow();
            int during = controller.inFlight().size();

            call.cancel(true);

            assertThat(during).isOne();
            assertThat(controller.inFlight().size()).isZero();
        });
    }

    static class Sharing {

        final AtomicInteger attempts = new AtomicInteger();

        @Retry(maxRetries = 1000, delay = "0s", budget = "shared")
        public CompletableFuture<String> one() {
            this.attempts.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("reset"));
        }

        @Retry(maxRetries = 1000, delay = "0s", budget = "shared")
        public CompletableFuture<String> other() {
            this.attempts.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("reset"));
        }

        @Retry(maxRetries = 1000, delay = "0s", budget = "unset")
        public CompletableFuture<String> unset() {
            this.attempts.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("reset"));
        }
    }

    private static int attempts(Sharing proxy) {
        return AopTestUtils.<Sharing>getUltimateTargetObject(proxy).attempts.get();
    }

    @Test
    void methodsThatNameTheSameBudgetShareIt() {
        VirtualTime time = new VirtualTime();
        Startup.runner(time)
                .withBean(Sharing.class)
                .withPropertyValues("settle.budgets.shared.ratio=0.2", "settle.budgets.shared.min-per-second=0")
                .run(context -> {
                    Sharing sharing = context.getBean(Sharing.class);

                    for (int i = 0; i < 50; i++) {
                        sharing.one();
                        time.run();
                        sharing.other();
                        time.run();
                    }

                    assertThat(attempts(sharing) - 100)
                            .as("a fifth of the calls of both")
                            .isBetween(19, 20);
                });
    }

    @Test
    void aBudgetThatIsNotConfiguredHasTheDefaults() {
        VirtualTime time = new VirtualTime();
        Startup.runner(time).withBean(Sharing.class).run(context -> {
            Sharing sharing = context.getBean(Sharing.class);

            sharing.unset();
            time.run();

            assertThat(attempts(sharing) - 1)
                    .as("ten a second over ten seconds")
                    .isEqualTo(100);
        });
    }

    @Test
    void aBudgetThatCannotBeIsRefusedWithItsProperty() {
        var analysis = Startup.analysis(this.runner.withPropertyValues("settle.budgets.shared.ratio=-1"));

        assertThat(analysis.getDescription())
                .contains("settle.budgets.shared.ratio")
                .contains("-1.0");
        assertThat(analysis.getAction()).isNotBlank();
    }

    @Test
    void aNullSignalIsReplaced() {
        this.runner.run(context ->
                assertThat(context.getBean(Prices.class).signal(null)).isEqualTo("AbortSignal[open]"));
    }

    @Test
    void aCallInRealTimeTimesOut() {
        this.runner.run(context -> assertThat(
                        Results.awaitFailure(context.getBean(Prices.class).slow()))
                .hasMessageContaining("prices.slow"));
    }
}
