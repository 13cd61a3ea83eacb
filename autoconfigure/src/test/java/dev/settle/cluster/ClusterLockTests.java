package dev.settle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.ReentrantCallException;
import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Scope;
import dev.settle.autoconfigure.Startup;
import dev.settle.cluster.HandEngine.HandLease;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A lock that all instances share, as one instance goes about with it. */
class ClusterLockTests {

    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);

    private final VirtualTime time = new VirtualTime();
    private final HandEngine engine = new HandEngine();
    private final ApplicationContextRunner app = Startup.runner(this.time)
            .withBean(ClusterEngine.class, () -> this.engine)
            .withBean(Stock.class)
            .withPropertyValues("spring.application.name=shop", "settle.cluster.lease-time=9s");

    /** A bean with methods that exclude those of all instances. */
    static class Stock {

        private final List<CompletableFuture<String>> works = new ArrayList<>();
        private final List<AbortSignal> signals = new ArrayList<>();
        private final List<ClusterLease> leases = new ArrayList<>();
        private final ObjectProvider<Stock> self;

        Stock(ObjectProvider<Stock> self) {
            this.self = self;
        }

        private CompletableFuture<String> work() {
            this.works.add(new CompletableFuture<>());
            this.signals.add(AbortSignal.current());
            ClusterLease.find().ifPresent(this.leases::add);
            return this.works.get(this.works.size() - 1);
        }

        @Exclusive(name = "count", scope = Scope.CLUSTER, maxWait = "2s")
        public CompletableFuture<String> count() {
            return work();
        }

        @Exclusive(name = "book", scope = Scope.CLUSTER, key = "#items")
        public CompletableFuture<String> book(List<String> items) {
            return work();
        }

        @Exclusive(name = "close", scope = Scope.CLUSTER, onConflict = OnConflict.REJECT)
        public CompletableFuture<String> close() {
            return work();
        }

        @Exclusive(name = "mixed", scope = Scope.CLUSTER, key = "{#one, #other}")
        public CompletableFuture<String> mixed(Object one, Object other) {
            return work();
        }

        @Exclusive(name = "impatient", scope = Scope.CLUSTER, queueCapacity = 0)
        public CompletableFuture<String> impatient() {
            return work();
        }

        @Exclusive(name = "outer", scope = Scope.CLUSTER)
        public CompletableFuture<String> nested(Stock self) {
            return self.count();
        }

        /** Two methods of one name are one lock in the cluster. */
        @Exclusive(name = "same", scope = Scope.CLUSTER, key = "#item")
        public CompletableFuture<String> twice(String item) {
            return this.self.getObject().again(item);
        }

        @Exclusive(name = "same", scope = Scope.CLUSTER, key = "#item")
        public CompletableFuture<String> again(String item) {
            return work();
        }

        @Exclusive(name = "odd", scope = Scope.CLUSTER, key = "#item")
        public CompletableFuture<String> odd(Object item) {
            return work();
        }

        public List<CompletableFuture<String>> works() {
            return this.works;
        }

        public List<AbortSignal> signals() {
            return this.signals;
        }

        public List<ClusterLease> leases() {
            return this.leases;
        }

        public List<Long> tokens() {
            return this.leases.stream().map(ClusterLease::fencingToken).toList();
        }
    }

    private void run(Consumer<Stock> test) {
        this.app.run(context -> test.accept(context.getBean(Stock.class)));
    }

    private static Reason refused(CompletableFuture<?> call) {
        assertThat(Results.failure(call)).isInstanceOf(CallRejectedException.class);
        return ((CallRejectedException) Results.failure(call)).reason();
    }

    @Test
    void callRunsWhenItHasTheLeaseAndEndsWhenItHasGivenItBack() {
        run(stock -> {
            CompletableFuture<String> call = stock.count();
            assertThat(stock.works()).isEmpty();
            assertThat(this.engine.leases).singleElement().satisfies(asked -> {
                assertThat(asked.key()).isEqualTo("shop:exclusive:count");
                assertThat(asked.fenced()).isTrue();
                assertThat(asked.time()).isEqualTo(Duration.ofSeconds(9));
            });

            HandLease lease = this.engine.give(0);
            stock.works().get(0).complete("12");
            assertThat(lease.releases()).hasSize(1);
            assertThat(call).isNotDone();
            lease.released();

            assertThat(call).isCompletedWithValue("12");
            assertThat(this.time.pending()).isZero();
        });
    }

    @Test
    void onlyTheFirstOfAnInstanceAsks() {
        run(stock -> {
            CompletableFuture<String> first = stock.count();
            stock.count();
            assertThat(this.engine.leases).hasSize(1);

            HandLease lease = this.engine.give(0);
            stock.works().get(0).complete("12");
            lease.released();

            assertThat(first).isDone();
            assertThat(this.engine.leases).hasSize(2);
        });
    }

    @Test
    void leaseThatComesWhenTheCallHasBeenGivenUpIsGivenBack() {
        run(stock -> {
            CompletableFuture<String> call = stock.count();
            call.cancel(true);
            assertThat(call).isCancelled();

            assertThat(this.engine.give(0).releases()).hasSize(1);
            assertThat(stock.works()).isEmpty();
        });
    }

    @Test
    void questionIsPutAgainUntilTheWaitIsOver() {
        run(stock -> {
            CompletableFuture<String> call = stock.count();
            for (int i = 0; i < 5; i++) {
                assertThat(this.engine.leases).hasSize(i + 1);
                assertThat(this.engine.leases.get(i).maxWait()).isEqualTo(Duration.ofMillis(400));
                this.time.advance(Duration.ofMillis(400));
                this.engine.giveNone(i);
            }

            assertThat(refused(call)).isEqualTo(Reason.WAIT_EXCEEDED);
            assertThat(this.engine.leases).hasSize(5);
        });
    }

    @Test
    void whoDoesNotWaitIsRefusedAtOnce() {
        run(stock -> {
            CompletableFuture<String> call = stock.close();
            assertThat(this.engine.leases.get(0).maxWait()).isZero();
            this.engine.giveNone(0);

            assertThat(refused(call)).isEqualTo(Reason.CONFLICT);
        });
    }

    @Test
    void engineThatIsAwayRefuses() {
        run(stock -> {
            CompletableFuture<String> call = stock.count();
            this.engine.fail(0);

            assertThat(refused(call)).isEqualTo(Reason.ENGINE);
        });
    }

    @Test
    void engineThatDoesNotAnswerRefusesToo() {
        run(stock -> {
            CompletableFuture<String> call = stock.close();
            this.time.advance(Duration.ofSeconds(1));

            assertThat(refused(call)).isEqualTo(Reason.ENGINE);
            assertThat(this.engine.give(0).releases())
                    .as("it has answered at last")
                    .hasSize(1);
        });
    }

    @Test
    void whereCallsMayGoOnWithoutTheEngineTheyDo() {
        this.app.withPropertyValues("settle.cluster.on-failure=local").run(context -> {
            Stock stock = context.getBean(Stock.class);
            CompletableFuture<String> call = stock.count();
            this.engine.fail(0);
            stock.works().get(0).complete("12");

            assertThat(call).isCompletedWithValue("12");
            assertThat(stock.tokens()).isEmpty();
        });
    }

    @Test
    void tokenIsThatOfTheLease() {
        run(stock -> {
            stock.count();
            this.engine.give(0);

            assertThat(stock.tokens()).containsExactly(0L);
        });
    }

    @Test
    void leaseIsRenewedThreeTimesInItsTime() {
        run(stock -> {
            stock.count();
            HandLease lease = this.engine.give(0);
            for (int i = 0; i < 10; i++) {
                this.time.advance(Duration.ofSeconds(3));
                assertThat(lease.renewals).hasSize(i + 1);
                lease.renewals.get(i).complete(true);
            }

            assertThat(stock.signals().get(0).aborted()).isFalse();
        });
    }

    private void assertLost(Stock stock, CompletableFuture<String> call) {
        assertThat(stock.signals().get(0).reason().orElseThrow().cause()).isInstanceOf(LeaseLostException.class);
        assertThat(stock.works().get(0)).isCancelled();
        assertThat(Results.failure(call)).isInstanceOf(AbortedException.class);
    }

    @Test
    void leaseThatIsLostAbortsTheCall() {
        run(stock -> {
            CompletableFuture<String> call = stock.count();
            HandLease lease = this.engine.give(0);
            this.time.advance(Duration.ofSeconds(3));
            lease.renewals.get(0).complete(false);
            lease.released();

            assertLost(stock, call);
        });
    }

    @Test
    void leaseThatNobodyHasRenewedInItsTimeIsLost() {
        run(stock -> {
            CompletableFuture<String> call = stock.count();
            HandLease lease = this.engine.give(0);
            this.time.advance(Duration.ofSeconds(3));
            lease.renewals.get(0).complete(true);
            this.time.advance(Duration.ofSeconds(3));
            lease.renewals.get(1).completeExceptionally(new IllegalStateException("away"));
            this.time.advance(Duration.ofSeconds(3));
            assertThat(stock.signals().get(0).aborted()).isFalse();

            this.time.advance(Duration.ofSeconds(3));
            lease.released();

            assertLost(stock, call);
        });
    }

    @Test
    void renewalThatIsNotAnsweredIsRepeatedSoon() {
        run(stock -> {
            CompletableFuture<String> call = stock.count();
            HandLease lease = this.engine.give(0);
            this.time.advance(Duration.ofSeconds(3));
            for (int i = 0; i < 5; i++) {
                assertThat(lease.renewals).hasSize(i + 1);
                this.time.advance(COMMAND_TIMEOUT.multipliedBy(2));
            }
            lease.renewals.get(5).complete(true);
            this.time.advance(Duration.ofMillis(8_500));

            assertThat(stock.signals().get(0).aborted())
                    .as("it holds from when that was asked")
                    .isFalse();
            call.cancel(true);
        });
    }

    @Test
    void answerThatComesLateCountsFromWhenItWasAskedFor() {
        run(stock -> {
            CompletableFuture<String> call = stock.count();
            HandLease lease = this.engine.give(0);
            this.time.advance(Duration.ofSeconds(8));
            lease.renewals.get(0).complete(true);
            this.time.advance(Duration.ofMillis(3_999));
            assertThat(stock.signals().get(0).aborted()).isFalse();

            this.time.advance(Duration.ofMillis(1));

            assertThat(stock.signals().get(0).aborted()).isTrue();
            call.cancel(true);
        });
    }

    @Test
    void engineThatDoesNotTakeTheLeaseBackKeepsNobody() {
        run(stock -> {
            CompletableFuture<String> call = stock.count();
            this.engine.give(0);
            stock.works().get(0).complete("12");
            assertThat(call).isNotDone();

            this.time.advance(Duration.ofSeconds(1));

            assertThat(call).isCompletedWithValue("12");
        });
    }

    @Test
    void severalKeysAreTakenInOneOrderAndGivenBackTogether() {
        run(stock -> {
            CompletableFuture<String> call = stock.book(List.of("nails", "lamps"));
            HandLease lamps = this.engine.give(0);
            this.engine.fail(1);
            lamps.released();

            assertThat(this.engine.leases)
                    .extracting(LeaseRequest::key)
                    .containsExactly("shop:exclusive:book:lamps", "shop:exclusive:book:nails");
            assertThat(refused(call)).isEqualTo(Reason.ENGINE);
            assertThat(((CallRejectedException) Results.failure(call)).key()).contains("nails");
        });
    }

    @Test
    void eachOfSeveralKeysHasATokenOfItsOwn() {
        run(stock -> {
            stock.book(List.of("nails", "lamps"));
            this.engine.give(0);
            this.engine.give(1);

            ClusterLease lease = stock.leases().get(0);
            assertThat(lease.fencingToken("lamps")).isZero();
            assertThat(lease.fencingToken("nails")).isEqualTo(1);
            assertThatIllegalStateException()
                    .isThrownBy(lease::fencingToken)
                    .withMessageContaining("fencingToken(key)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> lease.fencingToken("pins"))
                    .withMessageContaining("pins");
        });
    }

    @Test
    void keysThatAreOneForTheEngineAreAskedForOnce() {
        run(stock -> {
            stock.book(List.of("1", "1"));
            assertThat(this.engine.give(0).releases()).isEmpty();
            assertThat(stock.works()).hasSize(1);
        });
        run(stock -> {
            stock.mixed(1, 1L);
            this.engine.give(1);
            assertThat(stock.works()).hasSize(1);
        });
    }

    @Test
    void callInsideOneThatHasItsLockFails() {
        run(stock -> {
            CompletableFuture<String> outer = stock.twice("a");
            this.engine.give(0).released();

            assertThat(this.engine.leases).hasSize(1);
            assertThat(Results.failure(outer)).isInstanceOf(ReentrantCallException.class);
        });
    }

    @Test
    void whoMayNotStandInLineDoesNotWaitAtTheEngineEither() {
        run(stock -> {
            CompletableFuture<String> call = stock.impatient();
            assertThat(this.engine.leases.get(0).maxWait()).isZero();
            this.engine.giveNone(0);

            assertThat(refused(call)).isEqualTo(Reason.QUEUE_FULL);
        });
    }

    @Test
    void engineThatAnswersAtOnceIsAskedAgainAfterAWhile() {
        run(stock -> {
            CompletableFuture<String> call = stock.count();
            this.engine.giveNone(0);
            assertThat(this.engine.leases).hasSize(1);

            this.time.advance(Duration.ofMillis(400));
            this.engine.give(1);

            assertThat(stock.works()).hasSize(1);
            assertThat(call).isNotDone();
        });
    }

    @Test
    void whoeverIsInsideSeveralLocksHasTheTokenOfTheInnermost() {
        this.app.withPropertyValues("settle.cluster.on-failure=local").run(context -> {
            Stock stock = context.getBean(Stock.class);
            stock.nested(context.getBean(Stock.class));
            this.engine.give(0);
            this.engine.fail(1);

            assertThat(stock.works()).hasSize(1);
            assertThat(stock.tokens())
                    .as("the inner one has none, and that of the outer one is not its own")
                    .isEmpty();
        });
    }

    @Test
    void keyWithoutATextOfItsOwnIsAnErrorOfTheCall() {
        run(stock -> assertThat(Results.failure(stock.odd(new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'odd'")
                .hasMessageContaining("use a text"));
    }
}
