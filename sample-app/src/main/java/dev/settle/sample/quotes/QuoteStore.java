package dev.settle.sample.quotes;

import dev.settle.sample.rates.Answer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The quotes in the database. */
@Repository
class QuoteStore {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    QuoteStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void save(Quote quote) {
        this.jdbc
                .sql("insert into quote values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        quote.id(),
                        quote.from(),
                        quote.to(),
                        quote.amount(),
                        quote.rate(),
                        quote.result(),
                        Timestamp.from(quote.at()),
                        this.json.writeValueAsString(quote.providers()))
                .update();
    }

    Optional<Quote> find(String id) {
        return this.jdbc
                .sql("select * from quote where id = ?")
                .param(id)
                .query((row, number) -> read(row))
                .optional();
    }

    /** All of them, the oldest first; to be closed. */
    Stream<Quote> all() {
        return this.jdbc.sql("select * from quote order by at").query((row, number) -> read(row)).stream();
    }

    private Quote read(ResultSet row) throws SQLException {
        return new Quote(
                row.getString("id"),
                row.getString("source"),
                row.getString("target"),
                row.getBigDecimal("amount"),
                row.getBigDecimal("rate"),
                row.getBigDecimal("result"),
                row.getTimestamp("at").toInstant(),
                this.json.readValue(row.getString("providers"), new TypeReference<List<Answer>>() {}));
    }
}
