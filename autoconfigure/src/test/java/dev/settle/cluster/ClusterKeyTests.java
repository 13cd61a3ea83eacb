package dev.settle.cluster;

import static dev.settle.cluster.SharedStock.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.ReentrantCallException;
import dev.settle.cluster.HandEngine.HandLease;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What a lock is for, and the tokens of its owners. */
class ClusterKeyTests {

    private final VirtualTime time = new VirtualTime();
    private final HandEngine engine = new HandEngine();
    private final ApplicationContextRunner app = SharedStock.app(this.time, this.engine);

    private void run(Consumer<SharedStock> test) {
        this.app.run(context -> test.accept(context.getBean(SharedStock.class)));
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
    void whoeverIsInsideSeveralLocksHasTheTokenOfTheInnermost() {
        this.app.withPropertyValues("settle.cluster.on-failure=local").run(context -> {
            SharedStock stock = context.getBean(SharedStock.class);
            stock.nested();
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
