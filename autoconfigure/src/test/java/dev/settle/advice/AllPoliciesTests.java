package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.autoconfigure.Startup;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** All six annotations on one method, whether it returns its value or a future. */
class AllPoliciesTests {

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void aBurstOfCallsBecomesOneThatIsPacedAndRetried() {
        this.provider.thenFails().thenWaits().thenAnswers("7.30");
        Startup.runner(this.time).withBean(Shop.class).run(context -> {
            Shop shop = context.getBean(Shop.class);
            List<CompletableFuture<String>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                calls.add(shop.all(this.provider));
            }
            this.time.advance(Duration.ofSeconds(30));

            // A pause of 100 ms, then a start every 10 s; the second attempt is given up after 5 s.
            assertThat(this.provider.startedAt())
                    .containsExactly(Duration.ofMillis(100), Duration.ofMillis(10_100), Duration.ofMillis(20_100));
            assertThat(this.provider.future(2)).isCancelled();
            assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("7.30"));
            assertThat(this.time.pending()).isZero();
        });
    }

    @Test
    void aMethodThatReturnsItsValueIsRetriedOnItsCallersThread() {
        List<Thread> threads = new ArrayList<>();
        Startup.runner().withBean(Shop.class).run(context -> {
            String price = context.getBean(Shop.class).oneNow(() -> {
                threads.add(Thread.currentThread());
                if (this.attempts.incrementAndGet() < 2) {
                    throw new IOException("refused");
                }
                return "7.30";
            });

            assertThat(price).isEqualTo("7.30");
            assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
        });
    }

    @Test
    void aMethodThatReturnsItsValuePassesThroughAllOfThem() {
        Startup.runner().withBean(Shop.class).run(context -> {
            String price = context.getBean(Shop.class).allNow(() -> {
                if (this.attempts.incrementAndGet() < 3) {
                    throw new IOException("refused");
                }
                return "7.30";
            });

            assertThat(price).isEqualTo("7.30");
            assertThat(this.attempts).hasValue(3);
        });
    }

    @Test
    void theLastFailureOfAMethodThatReturnsItsValueReachesItsCaller() {
        Startup.runner().withBean(Shop.class).run(context -> {
            Throwable failure = catchThrowable(() -> context.getBean(Shop.class).allNow(() -> {
                throw new IOException("attempt " + this.attempts.incrementAndGet());
            }));

            assertThat(failure).isInstanceOf(IOException.class).hasMessage("attempt 3");
            assertThat(failure.getSuppressed()).hasSize(2);
        });
    }

    @Test
    void callersThatWaitForTheirTurnGoOnOnTheirOwnThreads() {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Startup.runner().withBean(Shop.class).run(context -> {
            Shop shop = context.getBean(Shop.class);
            Future<String> holder = callers.submit(() -> shop.oneNow(() -> {
                inside.countDown();
                goOn.await();
                return "7.30";
            }));
            Results.await(inside);
            List<Future<Boolean>> waiters = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiters.add(callers.submit(() -> {
                    Thread caller = Thread.currentThread();
                    String thread = shop.oneNow(() -> {
                        this.attempts.incrementAndGet();
                        return Thread.currentThread() == caller ? "mine" : "other";
                    });
                    return thread.equals("mine");
                }));
            }
            assertThat(this.attempts).hasValue(0);
            goOn.countDown();

            assertThat(Results.await(holder)).isEqualTo("7.30");
            for (Future<Boolean> waiter : waiters) {
                assertThat(Results.await(waiter)).isTrue();
            }
        });
        callers.shutdownNow();
    }
}
