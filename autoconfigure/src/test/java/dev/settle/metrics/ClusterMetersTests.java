package dev.settle.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Scope;
import dev.settle.cluster.ClusterEngine;
import dev.settle.cluster.HandEngine;
import dev.settle.cluster.HandEngine.HandLease;
import dev.settle.core.HandWork;
import dev.settle.test.VirtualTime;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is measured of the engine that instances share. */
class ClusterMetersTests {

    private final VirtualTime time = new VirtualTime();
    private final HandEngine engine = new HandEngine();

    static class Counting {

        @Exclusive(name = "count", scope = Scope.CLUSTER)
        public CompletableFuture<String> count() {
            return new CompletableFuture<>();
        }
    }

    private static double value(MeterRegistry registry, String meter) {
        return registry.get(meter).meter().measure().iterator().next().getValue();
    }

    @Test
    void locksThatCallsHaveAndHaveLostAndQuestionsWithoutAnAnswer() {
        MeteredApp.runner(this.time, new HandWork())
                .withBean(ClusterEngine.class, () -> this.engine)
                .withBean(Counting.class)
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    CompletableFuture<String> call =
                            context.getBean(Counting.class).count();
                    HandLease lease = this.engine.give(0);
                    assertThat(value(registry, SettleMeters.CLUSTER_LEASES)).isEqualTo(1);
                    assertThat(value(registry, SettleMeters.CLUSTER_AWAY)).isZero();

                    this.time.advance(Duration.ofSeconds(4));
                    lease.lose();
                    lease.released();

                    assertThat(call).isCompletedExceptionally();
                    assertThat(value(registry, SettleMeters.CLUSTER_LEASES)).isZero();
                    assertThat(value(registry, SettleMeters.CLUSTER_LOST)).isEqualTo(1);

                    double failures = value(registry, SettleMeters.CLUSTER_FAILURES);
                    context.getBean(Counting.class).count();
                    this.engine.fail(1);
                    assertThat(value(registry, SettleMeters.CLUSTER_FAILURES)).isEqualTo(failures + 1);
                    assertThat(value(registry, SettleMeters.CLUSTER_AWAY)).isEqualTo(1);
                });
    }
}
