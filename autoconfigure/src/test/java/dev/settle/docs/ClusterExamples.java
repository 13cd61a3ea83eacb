package dev.settle.docs;

import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Scope;
import dev.settle.cluster.ClusterLease;
import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The code of docs/cluster.md. */
class ClusterExamples {

    static class Warehouse {

        private final JdbcClient jdbc;

        Warehouse(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Exclusive(key = "#item", scope = Scope.CLUSTER)
        public CompletableFuture<Boolean> take(String item, int pieces) {
            long token = ClusterLease.current().fencingToken();
            return CompletableFuture.supplyAsync(() -> write(item, pieces, token));
        }

        /** False when a later owner of the lock has been here. */
        boolean write(String item, int pieces, long token) {
            return this.jdbc
                            .sql("update stock set level = level - ?, token = ? where item = ? and token <= ?")
                            .params(pieces, token, item, token)
                            .update()
                    == 1;
        }
    }
}
