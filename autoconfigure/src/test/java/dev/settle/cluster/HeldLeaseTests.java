package dev.settle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.cluster.HandEngine.HandLease;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A lease while its call runs: renewed, and lost. */
class HeldLeaseTests {

    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(500);

    private final VirtualTime time = new VirtualTime();
    private final HandEngine engine = new HandEngine();
    private final ApplicationContextRunner app = SharedStock.app(this.time, this.engine);

    private void run(Consumer<SharedStock> test) {
        this.app.run(context -> test.accept(context.getBean(SharedStock.class)));
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

    private void assertLost(SharedStock stock, CompletableFuture<String> call) {
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
    void leaseThatTheEngineDoesNotTakeBackIsOfferedUntilItHasEnded() {
        run(stock -> {
            CompletableFuture<String> call = stock.count();
            HandLease lease = this.engine.give(0);
            stock.works().get(0).complete("12");
            lease.fails();
            assertThat(call).as("nobody waits for that").isCompletedWithValue("12");

            this.time.advance(Duration.ofSeconds(3));
            lease.fails();
            this.time.advance(Duration.ofSeconds(20));
            assertThat(lease.releases()).hasSize(3);
            lease.fails();

            assertThat(this.time.pending()).as("it has ended by itself").isZero();
        });
    }
}
