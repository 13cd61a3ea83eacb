package dev.settle.sample;

import dev.settle.annotation.OnAbort;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Closes the database file when nobody writes any more. */
@Component
final class Database {

    private final JdbcClient jdbc;
    private final JdbcConnectionDetails details;

    Database(JdbcClient jdbc, JdbcConnectionDetails details) {
        this.jdbc = jdbc;
        this.details = details;
    }

    @OnAbort(phase = DeskPhases.DATABASE)
    String close() throws SQLException {
        long quotes =
                this.jdbc.sql("select count(*) from quote").query(Long.class).single();
        // Not by a connection of the pool, which would want it back in order.
        try (Connection own = connect();
                Statement statement = own.createStatement()) {
            statement.execute("shutdown compact");
        }
        return "closed with " + quotes + " quotes";
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                this.details.getJdbcUrl(), this.details.getUsername(), this.details.getPassword());
    }
}
