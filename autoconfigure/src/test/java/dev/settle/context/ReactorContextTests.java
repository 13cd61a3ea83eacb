package dev.settle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.context.Surroundings.Seen;
import dev.settle.core.Results;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderThreadLocalAccessor;
import org.springframework.test.util.AopTestUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** What is in the subscriber's Reactor context reaches every attempt, as that and as thread-locals. */
class ReactorContextTests {

    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final Scheduler scheduler = Schedulers.fromExecutorService(this.pool);

    @AfterEach
    void nothingIsLeftOnAnyThread() throws Exception {
        Hooks.disableAutomaticContextPropagation();
        Surroundings.nothingIsLeft(this.pool);
        this.scheduler.dispose();
        this.pool.shutdownNow();
    }

    /** What an attempt sees: in its method, in its Reactor context, and in an operator on another thread. */
    record Attempt(Seen method, String request, String observation, String user, Seen operator) {}

    static class Prices {

        private final List<Attempt> attempts = new CopyOnWriteArrayList<>();

        List<Attempt> attempts() {
            return this.attempts;
        }

        @Retry(delay = "1ms")
        public Mono<String> find(Scheduler scheduler) {
            Seen method = Seen.here();
            return ReactiveSecurityContextHolder.getContext()
                    .map(user -> user.getAuthentication().getName())
                    .defaultIfEmpty("nobody")
                    .publishOn(scheduler)
                    .transformDeferredContextual((user, context) -> user.map(name -> attempt(method, context, name)))
                    .flatMap(attempt -> {
                        this.attempts.add(attempt);
                        return (this.attempts.size() < 3)
                                ? Mono.error(new IllegalStateException("reset"))
                                : Mono.just("7.30");
                    });
        }

        @Retry(delay = "1ms")
        public Flux<String> findAll(Scheduler scheduler) {
            return find(scheduler).flux();
        }

        private static Attempt attempt(Seen method, ContextView context, String user) {
            Map<String, String> logging = context.getOrDefault("cp.slf4j", Map.of());
            Observation observation = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
            return new Attempt(
                    method,
                    logging.get("request"),
                    (observation == null) ? null : observation.getContext().getName(),
                    user,
                    Seen.here());
        }
    }

    /** What filters in front of a controller write into the context, under the name of a user. */
    private static Context of(String name) {
        return Context.of(ReactiveSecurityContextHolder.withSecurityContext(Mono.just(Surroundings.user(name))))
                .put(new SecurityContextHolderThreadLocalAccessor().key(), Surroundings.user(name))
                .put(ObservationThreadLocalAccessor.KEY, Surroundings.observation(name))
                .put("cp.slf4j", Map.of("request", name));
    }

    private static void run(Consumer<Prices> test) {
        Startup.runner().withBean(Prices.class).run(context -> test.accept(context.getBean(Prices.class)));
    }

    private static List<Attempt> attempts(Prices prices) {
        return AopTestUtils.<Prices>getUltimateTargetObject(prices).attempts();
    }

    private static void hooks(boolean automatic) {
        if (automatic) {
            Hooks.enableAutomaticContextPropagation();
        }
    }

    private static String[] all(Seen seen) {
        return new String[] {seen.request(), seen.observation(), seen.user()};
    }

    private static <T> T await(Mono<T> mono) {
        try {
            return Results.await(mono.toFuture());
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theContextOfTheSubscriberIsThatOfEachAttempt(boolean automatic) {
        hooks(automatic);
        run(prices -> {
            await(prices.find(this.scheduler).contextWrite(of("alice")));

            assertThat(attempts(prices)).hasSize(3).allSatisfy(attempt -> {
                assertThat(attempt.user()).isEqualTo("alice");
                assertThat(attempt.request()).isEqualTo("alice");
                assertThat(attempt.observation()).isEqualTo("alice");
            });
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsOnTheThreadThatCallsTheMethodToo(boolean automatic) {
        hooks(automatic);
        run(prices -> {
            await(prices.find(this.scheduler).contextWrite(of("alice")));

            assertThat(attempts(prices))
                    .hasSize(3)
                    .allSatisfy(attempt -> assertThat(all(attempt.method())).containsOnly("alice"));
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsInFrontOfWhatTheThreadCarries(boolean automatic) throws Exception {
        hooks(automatic);
        Surroundings.as("mallory", () -> {
            run(prices -> {
                await(prices.find(this.scheduler).contextWrite(of("alice")));

                assertThat(attempts(prices)).hasSize(3).allSatisfy(attempt -> {
                    assertThat(all(attempt.method())).containsOnly("alice");
                    assertThat(attempt.request()).isEqualTo("alice");
                });
            });
            assertThat(all(Seen.here())).containsOnly("mallory");
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStreamIsNoDifferent(boolean automatic) {
        hooks(automatic);
        run(prices -> {
            await(prices.findAll(this.scheduler).contextWrite(of("alice")).next());

            assertThat(attempts(prices)).hasSize(3).allSatisfy(attempt -> {
                assertThat(attempt.user()).isEqualTo("alice");
                assertThat(attempt.observation()).isEqualTo("alice");
                assertThat(all(attempt.method())).containsOnly("alice");
            });
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSubscriberGoesOnInItsContext(boolean automatic) {
        hooks(automatic);
        run(prices -> {
            Seen end =
                    await(prices.find(this.scheduler).map(value -> Seen.here()).contextWrite(of("alice")));

            assertThat(all(end)).containsOnly("alice");
        });
    }

    @Test
    void withReactorsHookOperatorsOnOtherThreadsSeeItToo() {
        hooks(true);
        run(prices -> {
            await(prices.find(this.scheduler).contextWrite(of("alice")));

            assertThat(attempts(prices))
                    .hasSize(3)
                    .allSatisfy(attempt -> assertThat(new String[] {
                                attempt.operator().observation(),
                                attempt.operator().user()
                            })
                            .containsOnly("alice"));
        });
    }

    @Test
    void withoutReactorsHookOperatorsOnOtherThreadsSeeNothing() {
        run(prices -> {
            await(prices.find(this.scheduler).contextWrite(of("alice")));

            assertThat(attempts(prices))
                    .hasSize(3)
                    .allSatisfy(attempt -> assertThat(attempt.operator()).isEqualTo(Seen.NOTHING));
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatOnlyTheSubscribingThreadCarriesIsOnTheThreadOfEachAttempt(boolean automatic) throws Exception {
        hooks(automatic);
        Startup.runner().withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);

            String value = Results.await(
                    Surroundings.as("alice", () -> prices.find(this.scheduler).toFuture()));

            assertThat(value).isEqualTo("7.30");
            assertThat(attempts(prices)).hasSize(3).allSatisfy(attempt -> {
                assertThat(all(attempt.method())).containsOnly("alice");
                assertThat(attempt.request()).isEqualTo("alice");
            });
        });
    }
}
