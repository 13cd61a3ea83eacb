package dev.settle.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.core.Results;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a woven method may return, and that its attempts may run on any thread, at the same time. */
@Tag("woven")
class ReturnTypesWovenTests {

    static class Prices {

        private final List<String> threads = new CopyOnWriteArrayList<>();
        private final Set<AbortSignal> signals = java.util.concurrent.ConcurrentHashMap.newKeySet();

        private <T> T third(T value) {
            this.threads.add(Thread.currentThread().getName());
            if (this.threads.size() % 3 != 0) {
                throw new IllegalStateException("refused");
            }
            return value;
        }

        @Retry(delay = "0s")
        int number(long factor, String text) {
            return third(Math.toIntExact(factor * text.length()));
        }

        @Retry(delay = "0s")
        void nothing() {
            third("nothing");
        }

        @Retry(delay = "1ms")
        CompletableFuture<String> future() {
            return CompletableFuture.completedFuture(third("7.30"));
        }

        @Retry(delay = "1ms")
        Future<String> plainFuture() {
            return CompletableFuture.completedFuture(third("7.30"));
        }

        @Retry(delay = "1ms")
        Mono<String> mono() {
            return Mono.fromCallable(() -> third("7.30"));
        }

        @Retry(delay = "1ms")
        Flux<String> flux() {
            return Mono.fromCallable(() -> third("7.30")).flux().concatWithValues("7.40");
        }

        @Timeout("1m")
        Mono<Boolean> own(CyclicBarrier barrier, AbortSignal signal) {
            return Mono.fromCallable(() -> {
                barrier.await(30, TimeUnit.SECONDS);
                return this.signals.add(signal);
            });
        }

        @Retry
        Object suspended(String id, Continuation<? super String> continuation) {
            return id;
        }
    }

    private final Prices prices = new Prices();

    @Test
    void aPrimitiveValueComesBack() {
        Woven.runner().run(context -> assertThat(this.prices.number(3, "four")).isEqualTo(12));
    }

    @Test
    void aVoidMethodIsTriedAgain() {
        Woven.runner().run(context -> {
            this.prices.nothing();
            assertThat(this.prices.threads).hasSize(3);
        });
    }

    @Test
    void theAttemptsOfAFutureRunOnTimers() {
        Woven.runner().run(context -> {
            assertThat(Results.await(this.prices.future())).isEqualTo("7.30");

            assertThat(this.prices.threads.get(0))
                    .isEqualTo(Thread.currentThread().getName());
            assertThat(this.prices.threads.subList(1, 3))
                    .doesNotContain(Thread.currentThread().getName());
        });
    }

    @Test
    void aPlainFutureIsAwaited() {
        Woven.runner()
                .run(context ->
                        assertThat(Results.await(this.prices.plainFuture())).isEqualTo("7.30"));
    }

    @Test
    void aMonoIsCalledWhenItIsSubscribedToEachTimeAnew() {
        Woven.runner().run(context -> {
            Mono<String> price = this.prices.mono();
            assertThat(this.prices.threads).isEmpty();

            assertThat(Results.await(price.toFuture())).isEqualTo("7.30");
            assertThat(Results.await(price.toFuture())).isEqualTo("7.30");

            assertThat(this.prices.threads).hasSize(6);
        });
    }

    @Test
    void aFluxIsTriedAgain() {
        Woven.runner()
                .run(context -> assertThat(
                                Results.await(this.prices.flux().collectList().toFuture()))
                        .containsExactly("7.30", "7.40"));
    }

    @Test
    void callsOfOneJoinPointAtTheSameTimeKeepTheirArguments() {
        Woven.runner().run(context -> {
            int subscribers = 4;
            ExecutorService threads = Executors.newFixedThreadPool(subscribers);
            try {
                for (int round = 0; round < 20; round++) {
                    CyclicBarrier barrier = new CyclicBarrier(subscribers);
                    CountDownLatch start = new CountDownLatch(1);
                    Mono<Boolean> shared = this.prices.own(barrier, null);
                    Set<Future<Boolean>> outcomes = new HashSet<>();
                    for (int i = 0; i < subscribers; i++) {
                        outcomes.add(threads.submit(() -> {
                            Results.await(start);
                            return shared.block();
                        }));
                    }
                    start.countDown();
                    for (Future<Boolean> outcome : outcomes) {
                        assertThat(Results.await(outcome))
                                .as("a signal of its own")
                                .isTrue();
                    }
                }
            } finally {
                threads.shutdownNow();
            }
        });
    }

    @Test
    void aSuspendingFunctionIsNotWoven() throws NoSuchMethodException {
        assertThat(WovenMethods.isWoven(Prices.class.getDeclaredMethod("suspended", String.class, Continuation.class)))
                .isFalse();
        assertThat(WovenMethods.isWoven(Prices.class.getDeclaredMethod("nothing")))
                .isTrue();
    }
}
