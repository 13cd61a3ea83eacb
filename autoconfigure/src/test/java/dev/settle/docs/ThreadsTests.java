package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.flow.Blocking;
import dev.settle.flow.Channel;
import dev.settle.flow.Each;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

/** Which thread runs what, as docs/threads.md says. */
class ThreadsTests {

    private static final String SETTLES = "settle-";

    private final HandClient client = new HandClient();

    /** A bean that notes on which threads its methods run. */
    static class Prices {

        private final List<String> threads = new CopyOnWriteArrayList<>();
        private final HandClient client;

        Prices(HandClient client) {
            this.client = client;
        }

        private CompletableFuture<String> ask() {
            this.threads.add(thread());
            return this.client.send("price");
        }

        @Retry(maxRetries = 1, delay = "1ms")
        CompletableFuture<String> stubborn() {
            return ask();
        }

        @Bulkhead(1)
        CompletableFuture<String> oneAtATime() {
            return ask();
        }

        @Debounce("1ms")
        CompletableFuture<String> afterAPause() {
            return ask();
        }

        @Timeout("20ms")
        CompletableFuture<String> impatient() {
            return ask();
        }

        /** A method, because this may be a proxy. */
        List<String> threads() {
            return this.threads;
        }
    }

    private static String thread() {
        return Thread.currentThread().getName();
    }

    private static void on(String name, Runnable work) throws InterruptedException {
        Thread thread = new Thread(work, name);
        thread.start();
        thread.join();
    }

    private interface Check {

        void accept(Prices prices) throws Exception;
    }

    private void inAnApplication(Check check) {
        Startup.runner()
                .withBean(Prices.class, () -> new Prices(this.client))
                .run(context -> check.accept(prices(context)));
    }

    private static Prices prices(AssertableApplicationContext context) {
        return context.getBean(Prices.class);
    }

    @Test
    void aFutureBeginsOnItsCallersThreadAndALaterAttemptIsOnSettles() {
        inAnApplication(prices -> {
            CompletableFuture<String> price = prices.stubborn();
            this.client.replies.get(0).completeExceptionally(new IllegalStateException("busy"));
            Results.until(() -> this.client.replies.size() == 2);
            this.client.reply(1, "7.30");

            assertThat(Results.await(price)).isEqualTo("7.30");
            assertThat(prices.threads().get(0)).isEqualTo(thread());
            assertThat(prices.threads().get(1)).startsWith(SETTLES);
        });
    }

    @Test
    void aCallThatHasWaitedForItsTurnRunsOnAThreadOfSettles() {
        inAnApplication(prices -> {
            prices.oneAtATime();
            CompletableFuture<String> second = prices.oneAtATime();
            on("replier", () -> this.client.reply(0, "7.30"));
            Results.until(() -> this.client.replies.size() == 2);
            this.client.reply(1, "7.31");

            assertThat(Results.await(second)).isEqualTo("7.31");
            assertThat(prices.threads().get(0)).isEqualTo(thread());
            assertThat(prices.threads().get(1)).startsWith(SETTLES);
        });
    }

    @Test
    void aRunAfterAPauseIsOnAThreadOfSettles() {
        inAnApplication(prices -> {
            CompletableFuture<String> price = prices.afterAPause();
            Results.until(() -> this.client.replies.size() == 1);
            this.client.reply(0, "7.30");

            assertThat(Results.await(price)).isEqualTo("7.30");
            assertThat(prices.threads()).singleElement().asString().startsWith(SETTLES);
        });
    }

    @Test
    void aTimeSourceOfOnesOwnRunsWhatIsDueOnAnExecutorOfOnesOwn() {
        Executor executor = task -> new Thread(task, "of one's own").start();
        Startup.runner()
                .withBean(TimeSource.class, () -> new TimeOnAnExecutor(TimeSource.system(), executor))
                .withBean(Prices.class, () -> new Prices(this.client))
                .run(context -> {
                    prices(context).afterAPause();
                    Results.until(() -> this.client.replies.size() == 1);
                    this.client.reply(0, "7.30");

                    assertThat(prices(context).threads()).containsExactly("of one's own");
                });
    }

    @Test
    void whatFollowsAFutureRunsOnTheThreadThatSettlesIt() {
        inAnApplication(prices -> {
            CompletableFuture<String> follower = prices.stubborn().thenApply(price -> thread());
            on("replier", () -> this.client.reply(0, "7.30"));

            assertThat(Results.await(follower)).isEqualTo("replier");
        });
    }

    @Test
    void whatFollowsATimeoutRunsOnAThreadOfSettles() {
        inAnApplication(prices -> {
            // Where the machine is busy, a future may have timed out before anything follows it.
            List<String> threads = new CopyOnWriteArrayList<>();
            Results.until(() -> threads.add(prices.impatient()
                            .handle((price, failure) -> thread())
                            .join())
                    && !last(threads).equals(thread()));

            assertThat(last(threads)).startsWith(SETTLES);
        });
    }

    private static String last(List<String> threads) {
        return threads.get(threads.size() - 1);
    }

    @Test
    void theFirstItemsBeginOnTheCallersThreadAndOthersWhereOneHasEnded() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        CompletableFuture<List<String>> all = Each.of(List.of("a", "b"))
                .atMost(1)
                .map(item -> {
                    threads.add(thread());
                    return this.client.send(item);
                });
        on("replier", () -> this.client.reply(0, "A"));
        this.client.reply(1, "B");

        assertThat(Results.await(all)).containsExactly("A", "B");
        assertThat(threads).containsExactly(thread(), "replier");
    }

    @Test
    void aReceiverGoesOnOnTheThreadOfItsSender() throws Exception {
        Channel<String> channel = Channel.rendezvous();
        CompletableFuture<String> receiver = channel.receive().thenApply(value -> thread());
        on("sender", () -> channel.send("price"));

        assertThat(Results.await(receiver)).isEqualTo("sender");
    }

    @Test
    void blockingCodeRunsOnAThreadOfSettlesOrOfTheExecutorThatIsPassed() throws Exception {
        Executor executor = task -> new Thread(task, "of one's own").start();

        assertThat(Results.await(Blocking.of(ThreadsTests::thread).start().toCompletableFuture()))
                .startsWith(SETTLES);
        assertThat(Results.await(
                        Blocking.of(executor, ThreadsTests::thread).start().toCompletableFuture()))
                .isEqualTo("of one's own");
    }

    @Test
    void aListenerOfTheSignalMayHandOverToAnExecutor() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        Executor executor = task -> new Thread(task, "of one's own").start();
        CompletableFuture<String> call = TimeoutPolicy.of(Duration.ofHours(1)).call(() -> {
            AbortSignal.current().onAbort(reason -> executor.execute(() -> told.complete(thread())));
            return this.client.send("price");
        });
        call.cancel(false);

        assertThat(Results.await(told)).isEqualTo("of one's own");
    }
}
