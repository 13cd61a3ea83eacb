package dev.settle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.context.Surroundings.Seen;
import dev.settle.core.Results;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.util.AopTestUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every attempt, and what the caller does when its call has ended, see what the caller's thread carried: on real threads. */
class AttemptContextTests {

    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    /** Spring's task decorator, and what an application registers for it to carry the logging context too. */
    private static ContextPropagatingTaskDecorator decorator() {
        ContextRegistry registry = new ContextRegistry();
        registry.loadThreadLocalAccessors().loadContextAccessors();
        registry.registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
        return new ContextPropagatingTaskDecorator(
                ContextSnapshotFactory.builder().contextRegistry(registry).build());
    }

    @AfterEach
    void nothingIsLeftOnAnyThread() throws Exception {
        Surroundings.nothingIsLeft(this.pool);
        this.pool.shutdownNow();
    }

    static class Prices {

        private final List<Seen> attempts = new CopyOnWriteArrayList<>();

        List<Seen> attempts() {
            return this.attempts;
        }

        private boolean fails() {
            this.attempts.add(Seen.here());
            return this.attempts.size() < 3;
        }

        private String value() {
            if (fails()) {
                throw new IllegalStateException("reset");
            }
            return "7.30";
        }

        private CompletableFuture<String> later() {
            return CompletableFuture.supplyAsync(() -> "7.30").thenApply(value -> value);
        }

        @Retry(delay = "1ms")
        public String find() {
            return value();
        }

        @Retry(delay = "1ms")
        public CompletableFuture<String> findLater() {
            return fails() ? CompletableFuture.failedFuture(new IllegalStateException("reset")) : later();
        }

        @Retry(delay = "1ms")
        public Future<String> findPlain() {
            return fails() ? CompletableFuture.failedFuture(new IllegalStateException("reset")) : later();
        }

        @Retry(delay = "1ms")
        public Mono<String> findMono() {
            return fails() ? Mono.error(new IllegalStateException("reset")) : Mono.fromFuture(later());
        }

        @Retry(delay = "1ms")
        public Flux<String> findFlux() {
            return fails()
                    ? Flux.error(new IllegalStateException("reset"))
                    : Mono.fromFuture(later()).flux();
        }

        @Async
        @Retry(delay = "1ms")
        public CompletableFuture<String> findAsync() {
            return CompletableFuture.completedFuture(value());
        }
    }

    /** How a method is called, and what its caller sees at the end. */
    enum Kind {
        VALUE(prices -> {
            prices.find();
            return CompletableFuture.completedFuture(Seen.here());
        }),
        COMPLETABLE_FUTURE(prices -> prices.findLater().thenApply(value -> Seen.here())),
        FUTURE(prices -> ((CompletableFuture<String>) prices.findPlain()).thenApply(value -> Seen.here())),
        MONO(prices -> prices.findMono().map(value -> Seen.here()).toFuture()),
        FLUX(prices -> {
            // The end: values come from the thread that has them.
            CompletableFuture<Seen> end = new CompletableFuture<>();
            prices.findFlux().subscribe(value -> {}, end::completeExceptionally, () -> end.complete(Seen.here()));
            return end;
        }),
        ASYNC(prices -> prices.findAsync().thenApply(value -> Seen.here()));

        private final Function<Prices, CompletableFuture<Seen>> call;

        Kind(Function<Prices, CompletableFuture<Seen>> call) {
            this.call = call;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class AsyncConfiguration {}

    @ParameterizedTest
    @EnumSource
    void everyAttemptAndTheEndSeeTheContextOfTheCaller(Kind kind) {
        ContextPropagatingTaskDecorator decorator = decorator();
        Startup.runner()
                .withUserConfiguration(AsyncConfiguration.class)
                .withBean("taskExecutor", Executor.class, () -> task -> this.pool.execute(decorator.decorate(task)))
                .withBean(Prices.class)
                .run(context -> {
                    Prices prices = context.getBean(Prices.class);
                    Seen[] caller = new Seen[1];

                    CompletableFuture<Seen> end = Surroundings.as("alice", () -> {
                        caller[0] = Seen.here();
                        return kind.call.apply(prices);
                    });

                    assertThat(Results.await(end)).isEqualTo(caller[0]);
                    List<Seen> attempts =
                            AopTestUtils.<Prices>getUltimateTargetObject(prices).attempts();
                    assertThat(attempts).hasSize(3).containsOnly(caller[0]);
                });
    }

    @ParameterizedTest
    @EnumSource
    void aCallerWithoutContextGetsNobodyElses(Kind kind) {
        Startup.runner()
                .withUserConfiguration(AsyncConfiguration.class)
                .withBean("taskExecutor", Executor.class, () -> this.pool::execute)
                .withBean(Prices.class)
                .run(context -> {
                    Prices prices = context.getBean(Prices.class);

                    assertThat(Results.await(kind.call.apply(prices))).isEqualTo(Seen.NOTHING);
                    assertThat(AopTestUtils.<Prices>getUltimateTargetObject(prices)
                                    .attempts())
                            .hasSize(3)
                            .containsOnly(Seen.NOTHING);
                });
    }

    @Test
    void whatTheThreadsOfTheApplicationCarryIsNotThatOfTheCaller() {
        Startup.runner()
                .withUserConfiguration(AsyncConfiguration.class)
                .withBean("taskExecutor", Executor.class, () -> this.pool::execute)
                .withBean(Prices.class)
                .run(context -> {
                    Prices prices = context.getBean(Prices.class);

                    CompletableFuture<Seen> end = Surroundings.as("alice", () -> Kind.ASYNC.call.apply(prices));

                    assertThat(Results.await(end).user()).isEqualTo("alice");
                    assertThat(AopTestUtils.<Prices>getUltimateTargetObject(prices)
                                    .attempts())
                            .as("without Spring's task decorator")
                            .hasSize(3)
                            .containsOnly(Seen.NOTHING);
                });
    }
}
