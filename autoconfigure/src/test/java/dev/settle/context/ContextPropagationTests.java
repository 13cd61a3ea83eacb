package dev.settle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The caller's context reaches the later parts of its call, and the signal of the call reaches other threads. */
class ContextPropagationTests {

    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    private final VirtualTime time = new VirtualTime();

    @BeforeEach
    void registerTheTenant() {
        ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", TENANT);
    }

    @AfterEach
    void forgetEverything() {
        ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
        TENANT.remove();
        MDC.clear();
    }

    static class Prices {

        static String context() {
            return TENANT.get() + " " + MDC.get("request");
        }

        @Retry(maxRetries = 2, delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> find(List<String> seen) {
            seen.add(context());
            return CompletableFuture.failedFuture(new IllegalStateException("reset"));
        }

        @Timeout("1s")
        public CompletableFuture<String> slow() {
            return new CompletableFuture<>();
        }
    }

    private void run(Consumer<Prices> test) {
        Startup.runner(this.time).withBean(Prices.class).run(context -> test.accept(context.getBean(Prices.class)));
    }

    private static void enter(String tenant, String request) {
        if (tenant == null) {
            TENANT.remove();
            MDC.clear();
        } else {
            TENANT.set(tenant);
            MDC.put("request", request);
        }
    }

    @Test
    void theContextOfTheCallerIsThereOnEveryAttempt() {
        run(prices -> {
            List<String> seen = new ArrayList<>();
            enter("acme", "r-1");
            prices.find(seen);
            enter(null, null);

            this.time.advance(Duration.ofMinutes(1));

            assertThat(seen).containsExactly("acme r-1", "acme r-1", "acme r-1");
        });
    }

    @Test
    void afterAnAttemptTheThreadHasItsOwnContextAgain() {
        run(prices -> {
            enter("acme", "r-1");
            prices.find(new ArrayList<>());
            enter("globex", "r-2");

            this.time.advance(Duration.ofMinutes(1));

            assertThat(Prices.context()).isEqualTo("globex r-2");
        });
    }

    @Test
    void aCallerWithoutContextDoesNotSeeThatOfTheThreadOnWhichItsCallGoesOn() {
        run(prices -> {
            List<String> seen = new ArrayList<>();
            prices.find(seen);
            enter("globex", "r-2");

            this.time.advance(Duration.ofMinutes(1));

            assertThat(seen).containsExactly("null null", "null null", "null null");
        });
    }

    @Test
    void twoCallersKeepTheirContextsApart() {
        run(prices -> {
            List<String> seen = new ArrayList<>();
            enter("acme", "r-1");
            prices.find(seen);
            enter("globex", "r-2");
            prices.find(seen);

            this.time.advance(Duration.ofSeconds(1));

            assertThat(seen).containsExactly("acme r-1", "globex r-2", "acme r-1", "globex r-2");
        });
    }

    @Test
    void theContextOfTheCallerIsThereWhenItsCallEnds() {
        run(prices -> {
            enter("acme", "r-1");
            CompletableFuture<String> seen = prices.slow().handle((value, failure) -> Prices.context());
            enter(null, null);

            this.time.advance(Duration.ofSeconds(1));

            assertThat(seen).isCompletedWithValue("acme r-1");
            assertThat(Prices.context()).isEqualTo("null null");
        });
    }

    @Test
    void theContextOfTheCallerIsThereWhenItsCallIsAborted() {
        AbortSource outer = new AbortSource();
        run(prices -> {
            enter("acme", "r-1");
            AbortSignal before = CurrentSignal.swap(outer);
            CompletableFuture<String> call = prices.slow();
            CurrentSignal.swap(before);
            CompletableFuture<String> seen = call.handle((value, failure) -> Prices.context());
            enter(null, null);

            outer.abort(AbortReason.application("enough"));

            assertThat(seen).isCompletedWithValue("acme r-1");
        });
    }

    /** A thread-local that cannot be set on other threads than the one it was set on first. */
    private static void breakTheTenant() {
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(
                        "tenant",
                        TENANT::get,
                        tenant -> {
                            throw new IllegalStateException("a broken accessor: this is expected");
                        },
                        TENANT::remove);
    }

    @Test
    void aContextThatCannotBeSetFailsTheRetry() {
        breakTheTenant();
        run(prices -> {
            enter("acme", "r-1");
            List<String> seen = new ArrayList<>();
            CompletableFuture<String> call = prices.find(seen);

            this.time.advance(Duration.ofMinutes(1));

            assertThat(Results.failure(call)).hasMessage("a broken accessor: this is expected");
            assertThat(seen).hasSize(1);
        });
    }

    @Test
    void aContextThatCannotBeSetDoesNotKeepACallFromItsEnd() {
        breakTheTenant();
        run(prices -> {
            enter("acme", "r-1");
            CompletableFuture<String> call = prices.slow();

            this.time.advance(Duration.ofSeconds(1));

            assertThat(call).isCompletedExceptionally();
        });
    }

    @Test
    void theSignalIsCapturedAndRestored() throws Exception {
        AbortSource signal = new AbortSource();
        AbortSignal before = CurrentSignal.swap(signal);
        var snapshot = ContextSnapshotFactory.builder().build().captureAll();
        CurrentSignal.swap(before);
        ExecutorService thread = Executors.newSingleThreadExecutor();

        try {
            assertThat(Results.await(thread.submit(snapshot.wrap(AbortSignal::current))))
                    .isSameAs(signal);
            assertThat(Results.await(thread.submit(AbortSignal::current))).isSameAs(AbortSignal.never());
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void whereThereIsNoSignalNothingIsCaptured() {
        var accessor = new SignalThreadLocalAccessor();

        assertThat(accessor.getValue()).isNull();
        assertThat(accessor.key()).isEqualTo(SignalThreadLocalAccessor.KEY);
    }

    @Test
    void theSignalOfAnOuterThreadIsRestoredAfterwards() {
        AbortSource outer = new AbortSource();
        AbortSource captured = new AbortSource();
        AbortSignal before = CurrentSignal.swap(captured);
        var snapshot = ContextSnapshotFactory.builder().build().captureAll();
        CurrentSignal.swap(outer);

        try (var scope = snapshot.setThreadLocals()) {
            assertThat(AbortSignal.current()).isSameAs(captured);
        }

        assertThat(AbortSignal.current()).isSameAs(outer);
        CurrentSignal.swap(before);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class AsyncConfiguration {}

    static class Helper {
        @Async
        public CompletableFuture<AbortSignal> signal() {
            return CompletableFuture.completedFuture(AbortSignal.current());
        }
    }

    static class Outer {

        private final Helper helper;

        Outer(Helper helper) {
            this.helper = helper;
        }

        @Timeout("1m")
        public CompletableFuture<List<AbortSignal>> throughAsync(AbortSignal signal) {
            return this.helper.signal().thenApply(seen -> List.of(signal, seen));
        }

        @Timeout("1m")
        public CompletableFuture<List<AbortSignal>> throughReactor(Scheduler scheduler, AbortSignal signal) {
            return Mono.fromCallable(AbortSignal::current)
                    .subscribeOn(scheduler)
                    .contextCapture()
                    .map(seen -> List.of(signal, seen))
                    .toFuture();
        }
    }

    @Test
    void theCurrentSignalCrossesAsyncWithBootsTaskDecorator() {
        Startup.runner()
                .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withPropertyValues("spring.task.execution.pool.core-size=1", "spring.task.execution.pool.max-size=1")
                .withUserConfiguration(AsyncConfiguration.class)
                .withBean(ContextPropagatingTaskDecorator.class, ContextPropagatingTaskDecorator::new)
                .withBean(Helper.class)
                .withBean(Outer.class)
                .run(context -> {
                    List<AbortSignal> signals =
                            Results.await(context.getBean(Outer.class).throughAsync(null));
                    AsyncTaskExecutor executor = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);

                    assertThat(signals.get(1)).isSameAs(signals.get(0)).isNotSameAs(AbortSignal.never());
                    assertThat(Results.await(executor.submit(AbortSignal::current)))
                            .as("restored on the thread of the pool")
                            .isSameAs(AbortSignal.never());
                });
    }

    @Test
    void theCurrentSignalCrossesReactorsOperators() {
        Scheduler scheduler = Schedulers.newSingle("reactor");
        Hooks.enableAutomaticContextPropagation();
        try {
            Startup.runner().withBean(Helper.class).withBean(Outer.class).run(context -> {
                List<AbortSignal> signals =
                        Results.await(context.getBean(Outer.class).throughReactor(scheduler, null));
                CompletableFuture<AbortSignal> after = new CompletableFuture<>();
                scheduler.schedule(() -> after.complete(AbortSignal.current()));

                assertThat(signals.get(1)).isSameAs(signals.get(0)).isNotSameAs(AbortSignal.never());
                assertThat(Results.await(after)).isSameAs(AbortSignal.never());
            });
        } finally {
            Hooks.disableAutomaticContextPropagation();
            scheduler.dispose();
        }
    }
}
