package dev.settle.cluster;

import static dev.settle.cluster.SharedStock.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException.Reason;
import dev.settle.cluster.HandEngine.HandLease;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A lock that all instances share, as one instance goes about with it. */
class ClusterLockTests {

    private final VirtualTime time = new VirtualTime();
    private final HandEngine engine = new HandEngine();
    private final ApplicationContextRunner app = SharedStock.app(this.time, this.engine);

    private void run(Consumer<SharedStock> test) {
        this.app.run(context -> test.accept(context.getBean(SharedStock.class)));
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
            SharedStock stock = context.getBean(SharedStock.class);
            CompletableFuture<String> call = stock.count();
            this.engine.fail(0);
            stock.works().get(0).complete("12");

            assertThat(call).isCompletedWithValue("12");
            assertThat(stock.tokens()).isEmpty();
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
}
