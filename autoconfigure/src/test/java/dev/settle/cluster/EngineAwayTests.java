package dev.settle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Scope;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.CallListener;
import dev.settle.core.LineEvent;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An engine that is not ready yet, goes away and comes back: nobody waits long for it, and nobody in vain. */
class EngineAwayTests {

    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);

    private final VirtualTime time = new VirtualTime();
    private final HandEngine engine = new HandEngine();
    private final ApplicationContextRunner failing = Startup.runner(this.time)
            .withBean(ClusterEngine.class, () -> this.engine)
            .withBean(Stock.class);
    private final ApplicationContextRunner local = this.failing.withPropertyValues("settle.cluster.on-failure=local");

    static class Stock {

        @Exclusive(name = "soon", scope = Scope.CLUSTER, maxWait = "2s")
        public CompletableFuture<String> soon() {
            return CompletableFuture.completedFuture("counted");
        }

        @Exclusive(name = "count", scope = Scope.CLUSTER, key = "#item")
        public CompletableFuture<String> count(int item) {
            return CompletableFuture.completedFuture("counted");
        }
    }

    private static void run(ApplicationContextRunner app, BiConsumer<Stock, Cluster> test) {
        app.run(context -> test.accept(context.getBean(Stock.class), context.getBean(Cluster.class)));
    }

    private static void assertRefused(CompletableFuture<?> call) {
        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.ENGINE));
    }

    @Test
    void callsWaitUntilTheEngineIsReady() {
        CompletableFuture<?> prepared = this.engine.hide();
        run(this.failing, (stock, cluster) -> {
            stock.count(1);
            stock.count(2);
            this.time.advance(Duration.ofSeconds(4));
            assertThat(this.engine.leases).isEmpty();

            prepared.complete(null);

            assertThat(this.engine.leases).hasSize(2);
            assertThat(this.engine.looks()).isEqualTo(1);
            assertThat(cluster.away()).isFalse();
        });
    }

    @Test
    void callsDoNotWaitForeverForAnEngineThatIsNeverReady() {
        CompletableFuture<?> prepared = this.engine.hide();
        run(this.failing, (stock, cluster) -> {
            CompletableFuture<String> call = stock.count(1);
            this.time.advance(Duration.ofSeconds(5));

            assertRefused(call);
            prepared.complete(null);
            assertThat(this.engine.leases).isEmpty();
        });
    }

    @Test
    void whoWaitsForTheFirstLookWaitsNoLongerThanItMay() {
        this.engine.hide();
        run(this.failing, (stock, cluster) -> {
            CompletableFuture<String> call = stock.soon();
            this.time.advance(Duration.ofSeconds(2));

            assertThat(Results.failure(call))
                    .isInstanceOfSatisfying(
                            CallRejectedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED));
        });
    }

    @Test
    void whileTheEngineHasNeverBeenFoundNobodyAsks() {
        this.engine.hide().completeExceptionally(new IllegalStateException("connection refused"));
        run(this.failing, (stock, cluster) -> {
            assertRefused(stock.count(1));
            int looks = this.engine.looks();
            assertRefused(stock.count(1));
            assertThat(this.engine.looks()).as("not so soon").isEqualTo(looks);

            this.engine.show();
            this.time.advance(COMMAND_TIMEOUT);
            assertRefused(stock.count(1));
            assertThat(cluster.away()).isFalse();
            stock.count(1);

            assertThat(this.engine.leases).hasSize(1);
        });
    }

    @Test
    void failureSaysNothingWhenALaterQuestionHasBeenAnswered() {
        run(this.failing, (stock, cluster) -> {
            CompletableFuture<String> first = stock.count(1);
            this.time.advance(Duration.ofMillis(1));
            stock.count(2);
            this.time.advance(Duration.ofMillis(1));
            this.engine.give(1);
            this.engine.fail(0);

            assertRefused(first);
            assertThat(cluster.away()).isFalse();
        });
    }

    @Test
    void answerToAnEarlierQuestionDoesNotBringTheEngineBack() {
        run(this.failing, (stock, cluster) -> {
            stock.count(1);
            this.time.advance(Duration.ofMillis(1));
            stock.count(2);
            this.time.advance(Duration.ofMillis(1));
            this.engine.fail(1);
            this.engine.giveNone(0);
            assertThat(cluster.away()).isTrue();

            this.time.advance(Duration.ofMillis(400));
            this.engine.giveNone(2);

            assertThat(cluster.away()).isFalse();
        });
    }

    @Test
    void questionThatCannotBePutFailsItsCallAndHoldsUpNobody() {
        run(this.failing, (stock, cluster) -> {
            this.engine.throwOnce(new OutOfMemoryError("unable to create native thread"));
            CompletableFuture<String> call = stock.count(1);
            assertRefused(call);

            this.time.advance(Duration.ofMillis(1));
            stock.count(1);

            assertThat(this.engine.leases).hasSize(1);
        });
    }

    @Test
    void listenersHearOfARefusalOnAThreadOfOurs() throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();
        Startup.runner()
                .withBean(ClusterEngine.class, () -> this.engine)
                .withBean(Stock.class)
                .withBean(CallListener.class, () -> event -> {
                    if (event.type() == LineEvent.REJECTED) {
                        threads.add(Thread.currentThread().getName());
                    }
                })
                .run(context -> {
                    CompletableFuture<String> call =
                            context.getBean(Stock.class).count(1);
                    Results.until(() -> this.engine.asked() == 1);
                    Thread engines = new Thread(() -> this.engine.fail(0), "the engine's");
                    engines.start();

                    assertThat(Results.awaitFailure(call)).isInstanceOf(CallRejectedException.class);
                    engines.join();
                });

        assertThat(threads).hasSize(1).doesNotContain("the engine's");
    }

    @Test
    void engineThatRefusesAQuestionIsNotAway() {
        this.engine.never();
        run(this.local, (stock, cluster) -> {
            CompletableFuture<String> call = stock.count(1);
            this.engine.fail(0);

            assertRefused(call);
            assertThat(cluster.away()).isFalse();
            assertThat(cluster.failures()).isEqualTo(1);
        });
    }

    @Test
    void callThatIsGivenUpBeforeTheEngineIsReadyNeverAsks() {
        CompletableFuture<?> prepared = this.engine.hide();
        run(this.failing, (stock, cluster) -> {
            CompletableFuture<String> call = stock.count(1);
            call.cancel(true);
            assertThat(call).isCancelled();

            prepared.complete(null);

            assertThat(this.engine.leases).isEmpty();
            assertThat(this.time.pending()).isZero();
        });
    }

    @Test
    void whoStoodInLineWhenTheEngineFailedIsRefusedWithTheFirst() {
        run(this.failing, (stock, cluster) -> {
            CompletableFuture<String> first = stock.count(1);
            CompletableFuture<String> second = stock.count(1);
            CompletableFuture<String> third = stock.count(1);
            this.time.advance(COMMAND_TIMEOUT.plusMillis(400));

            assertRefused(first);
            assertRefused(second);
            assertRefused(third);
            assertThat(this.engine.leases).hasSize(1);
            assertThat(cluster.away()).isTrue();
        });
    }

    @Test
    void aHundredQuestionsWaitAtTheEngineAndOthersAreRepeated() {
        run(this.failing, (stock, cluster) -> {
            for (int i = 0; i <= 100; i++) {
                stock.count(i);
            }
            assertThat(this.engine.leases.subList(0, 100))
                    .allSatisfy(asked -> assertThat(asked.maxWait()).isPositive());
            assertThat(this.engine.leases.get(100).maxWait()).isZero();

            this.engine.give(7);
            this.engine.giveNone(100);
            this.time.advance(Duration.ofMillis(400));

            assertThat(this.engine.leases).hasSize(102);
            assertThat(this.engine.leases.get(101).key()).endsWith(":100");
            assertThat(this.engine.leases.get(101).maxWait()).isPositive();
        });
    }

    @Test
    void whoComesAfterTheFailureAsks() {
        run(this.failing, (stock, cluster) -> {
            stock.count(1);
            this.time.advance(Duration.ofSeconds(1));
            CompletableFuture<String> call = stock.count(1);
            this.engine.give(1).released();

            assertThat(call).isCompletedWithValue("counted");
            assertThat(cluster.away()).isFalse();
            assertThat(cluster.failures()).isEqualTo(1);
        });
    }

    @Test
    void callsThatMayGoOnAloneDoSoAtOnceWhileTheEngineIsAway() {
        run(this.local, (stock, cluster) -> {
            stock.count(1);
            this.engine.hide();
            this.engine.fail(0);

            assertThat(stock.count(1)).isCompletedWithValue("counted");
            assertThat(stock.count(2)).isCompletedWithValue("counted");
            assertThat(this.engine.leases).hasSize(1);
        });
    }

    @Test
    void oneLookAtATimeFindsOutThatTheEngineIsBack() {
        run(this.local, (stock, cluster) -> {
            stock.count(1);
            CompletableFuture<?> back = this.engine.hide();
            this.engine.fail(0);
            this.time.advance(COMMAND_TIMEOUT);
            int looks = this.engine.looks();
            stock.count(1);
            stock.count(2);
            assertThat(this.engine.looks()).as("in the background").isEqualTo(looks + 1);

            back.complete(null);
            assertThat(cluster.away()).isFalse();
            stock.count(1);

            assertThat(this.engine.leases).hasSize(2);
        });
    }

    @Test
    void lookThatDoesNotFindItIsRepeatedNowAndThen() {
        run(this.local, (stock, cluster) -> {
            stock.count(1);
            this.engine.hide().completeExceptionally(new IllegalStateException("connection refused"));
            this.engine.fail(0);
            int looks = this.engine.looks();
            for (int i = 0; i < 4; i++) {
                this.time.advance(COMMAND_TIMEOUT.dividedBy(2));
                assertThat(stock.count(1)).isCompletedWithValue("counted");
            }

            assertThat(this.engine.looks()).isEqualTo(looks + 2);
            assertThat(cluster.away()).isTrue();
        });
    }
}
