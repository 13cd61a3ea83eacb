package dev.settle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.context.Surroundings.Seen;
import dev.settle.core.CallContext;
import dev.settle.reactive.ReactiveAbortSignal;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.test.util.AopTestUtils;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Without Micrometer's context propagation on the class path the logging context and the signal still travel. */
class WithoutPropagationTests {

    private final VirtualTime time = new VirtualTime();

    @AfterEach
    void nothingIsLeftOnAnyThread() throws Exception {
        Surroundings.nothingIsLeft(Runnable::run);
    }

    record Attempt(Seen seen, AbortSignal current, AbortSignal passed, AbortSignal inContext) {}

    /** Public, because its proxy is in the package of another class loader. */
    public static class Prices {

        private final List<Attempt> attempts = new CopyOnWriteArrayList<>();

        List<Attempt> attempts() {
            return this.attempts;
        }

        private boolean fails(AbortSignal passed, AbortSignal inContext) {
            this.attempts.add(new Attempt(Seen.here(), AbortSignal.current(), passed, inContext));
            return this.attempts.size() < 2;
        }

        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> find(AbortSignal signal) {
            return fails(signal, null)
                    ? CompletableFuture.failedFuture(new IllegalStateException("reset"))
                    : CompletableFuture.completedFuture("7.30");
        }

        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public Mono<String> findMono(AbortSignal signal) {
            Attempt method = new Attempt(Seen.here(), AbortSignal.current(), signal, null);
            return ReactiveAbortSignal.current().flatMap(inContext -> {
                this.attempts.add(new Attempt(method.seen(), method.current(), signal, inContext));
                return (this.attempts.size() < 2) ? Mono.error(new IllegalStateException("reset")) : Mono.just("7.30");
            });
        }
    }

    private void run(Consumer<Prices> test) {
        Startup.runner(this.time)
                .withClassLoader(new FilteredClassLoader("io.micrometer.context"))
                .withBean(Prices.class)
                .run(context -> {
                    assertThat(context).doesNotHaveBean(CallContext.class);
                    test.accept(context.getBean(Prices.class));
                });
    }

    private static List<Attempt> attempts(Prices prices) {
        return AopTestUtils.<Prices>getUltimateTargetObject(prices).attempts();
    }

    private CompletableFuture<Seen> asAlice(Prices prices, boolean reactive) {
        try {
            return Surroundings.as(
                    "alice",
                    () -> (reactive ? prices.findMono(null).toFuture() : prices.find(null))
                            .thenApply(value -> Seen.here()));
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void theLoggingContextIsThatOfTheCallerOnEachAttemptAndAtTheEnd() {
        run(prices -> {
            CompletableFuture<Seen> end = asAlice(prices, false);

            this.time.advance(Duration.ofSeconds(1));

            assertThat(end).isCompletedWithValueMatching(seen -> "alice".equals(seen.request()));
            assertThat(attempts(prices))
                    .extracting(attempt -> attempt.seen().request())
                    .containsExactly("alice", "alice");
        });
    }

    @Test
    void soItIsForAMono() {
        run(prices -> {
            CompletableFuture<Seen> end = asAlice(prices, true);

            this.time.advance(Duration.ofSeconds(1));

            assertThat(end).isCompletedWithValueMatching(seen -> "alice".equals(seen.request()));
            assertThat(attempts(prices))
                    .extracting(attempt -> attempt.seen().request())
                    .containsExactly("alice", "alice");
        });
    }

    @Test
    void theLoggingContextOfAReactorContextTravelsToo() {
        run(prices -> {
            CompletableFuture<String> call = prices.findMono(null)
                    .contextWrite(Context.of("cp.slf4j", Map.of("request", "alice")))
                    .toFuture();

            this.time.advance(Duration.ofSeconds(1));

            assertThat(call).isCompletedWithValue("7.30");
            assertThat(attempts(prices))
                    .extracting(attempt -> attempt.seen().request())
                    .containsExactly("alice", "alice");
        });
    }

    @Test
    void theSignalOfEachAttemptIsCurrentInItsMethod() throws Exception {
        run(prices -> {
            prices.find(null);
            this.time.advance(Duration.ofSeconds(1));

            assertThat(attempts(prices))
                    .hasSize(2)
                    .allSatisfy(attempt -> assertThat(attempt.current())
                            .isSameAs(attempt.passed())
                            .isNotSameAs(AbortSignal.never()));
        });
    }

    @Test
    void theSignalOfEachAttemptIsInTheReactorContext() {
        run(prices -> {
            CompletableFuture<String> call = prices.findMono(null).toFuture();
            this.time.advance(Duration.ofSeconds(1));

            assertThat(call).isCompletedWithValue("7.30");
            assertThat(attempts(prices)).hasSize(2).allSatisfy(attempt -> {
                assertThat(attempt.inContext()).isSameAs(attempt.passed()).isNotSameAs(AbortSignal.never());
                assertThat(attempt.current()).isSameAs(attempt.passed());
            });
        });
    }

    @Test
    void whatElseTheThreadCarriesStaysThere() {
        run(prices -> {
            CompletableFuture<Seen> end = asAlice(prices, false);

            this.time.advance(Duration.ofSeconds(1));

            assertThat(attempts(prices))
                    .extracting(attempt -> attempt.seen().user())
                    .containsExactly("alice", null);
            assertThat(end).isCompletedWithValue(new Seen("alice", null, null, null));
        });
    }
}
