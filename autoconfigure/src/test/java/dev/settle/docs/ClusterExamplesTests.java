package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.autoconfigure.Startup;
import dev.settle.cluster.ClusterEngine;
import dev.settle.cluster.HandEngine;
import dev.settle.cluster.HandEngine.HandLease;
import dev.settle.core.Results;
import dev.settle.docs.ClusterExamples.Warehouse;
import dev.settle.test.VirtualTime;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What docs/cluster.md says of its code. */
class ClusterExamplesTests {

    private final JdbcClient jdbc =
            JdbcClient.create(new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"));
    private final HandEngine engine = new HandEngine();

    @BeforeEach
    void fill() {
        this.jdbc
                .sql("create table stock (item varchar primary key, level int, token bigint)")
                .update();
        this.jdbc.sql("insert into stock values ('lamp', 10, 0)").update();
    }

    private int level() {
        return this.jdbc.sql("select level from stock").query(Integer.class).single();
    }

    @Test
    void storeTakesTheTokenOfTheOwner() {
        Startup.runner(new VirtualTime())
                .withBean(ClusterEngine.class, () -> this.engine)
                .withBean(Warehouse.class, () -> new Warehouse(this.jdbc))
                .run(context -> {
                    CompletableFuture<Boolean> taken =
                            context.getBean(Warehouse.class).take("lamp", 3);
                    HandLease lease = this.engine.give(0);
                    Results.until(() -> !lease.releases().isEmpty());
                    lease.released();

                    assertThat(Results.await(taken)).isTrue();
                    assertThat(level()).isEqualTo(7);
                });
    }

    @Test
    void storeRefusesAnOwnerThatHasBeenOvertaken() {
        Warehouse warehouse = new Warehouse(this.jdbc);

        assertThat(warehouse.write("lamp", 3, 41)).isTrue();
        assertThat(warehouse.write("lamp", 2, 42)).isTrue();
        assertThat(warehouse.write("lamp", 3, 41)).as("too late").isFalse();
        assertThat(warehouse.write("lamp", 1, 42))
                .as("the same owner, once more")
                .isTrue();

        assertThat(level()).isEqualTo(4);
    }
}
