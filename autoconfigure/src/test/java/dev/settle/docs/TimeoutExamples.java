package dev.settle.docs;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.Aborts;
import dev.settle.abort.Registration;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/** The code of docs/timeout.md. */
class TimeoutExamples {

    static class Rates {

        private final HttpClient http = HttpClient.newHttpClient();

        @Retry
        @Timeout("800ms")
        @Timeout(value = "3s", scope = Timeout.Scope.TOTAL)
        public CompletableFuture<HttpResponse<String>> rate(HttpRequest request) {
            return this.http.sendAsync(request, BodyHandlers.ofString());
        }
    }

    static class Sums {

        @Timeout("2s")
        public CompletableFuture<Long> sum(long from, long to, AbortSignal signal) {
            return CompletableFuture.supplyAsync(() -> {
                long sum = 0;
                for (long i = from; i < to; i++) {
                    signal.throwIfAborted();
                    sum += i;
                }
                return sum;
            });
        }
    }

    static class Ledger {

        private final DataSource database;

        Ledger(DataSource database) {
            this.database = database;
        }

        @Timeout("5s")
        public long balance(String account) throws SQLException {
            try (Connection connection = this.database.getConnection();
                    PreparedStatement query = connection.prepareStatement("select balance from account where id = ?");
                    Registration cancel = Aborts.cancelling(query)) {
                query.setString(1, account);
                ResultSet row = query.executeQuery();
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
