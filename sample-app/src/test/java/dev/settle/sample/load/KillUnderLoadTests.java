package dev.settle.sample.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * SIGKILL while dozens of clients order, and a new start on the same files. An order is accepted when its client has got a 201;
 * a client that has got nothing does not know, and orders again under the same key.
 */
@Tag("load")
@Timeout(300)
class KillUnderLoadTests {

    private static final BigDecimal CENT = new BigDecimal("0.01");

    @TempDir
    Path data;

    @RepeatedTest(5)
    void losesAndDoublesNothing() throws Exception {
        Load load;
        try (DeskProcess desk = desk("killed", "desk.outbox-interval=20ms")) {
            load = new Load(desk.address(), 300).with(24, Order::quote).with(8, Order::transfer);
            load.awaitEnough();
            desk.kill();
            load.awaitEnd();
        }
        List<String> known = load.ids(load.accepted(Order::isQuote));
        List<Order> unknown = load.unknown(Order::isQuote);
        try (DeskProcess desk = desk("again")) {
            for (Order order : unknown) {
                repeat(desk, order);
            }
            desk.terminate();
            assertThat(desk.ends(Duration.ofSeconds(60))).isTrue();
        }
        System.out.printf(
                "SIGKILL under load: %d orders accepted, %d ordered again, %d stored, %d in the outbox%n",
                known.size(), unknown.size(), stored().size(), outbox().size());

        List<String> orders = new ArrayList<>(known);
        orders.addAll(load.ids(unknown));
        assertThat(stored()).containsExactlyInAnyOrderElementsOf(orders);
        assertThat(outbox()).containsExactlyInAnyOrderElementsOf(orders);
        checkMoney(load);
    }

    /** Patient, because the machine may be busy. */
    private DeskProcess desk(String run, String... properties) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "settle.policies.rates.timeout.total=1m",
                "settle.policies.rates.retry.max-duration=1m",
                "settle.policies.rates.bulkhead.max-wait=1m",
                "settle.policies.provider.timeout.value=1m",
                "settle.policies.accounts.move.exclusive.max-wait=1m"));
        all.addAll(List.of(properties));
        return new DeskProcess(this.data, run, all.toArray(String[]::new));
    }

    private static void repeat(DeskProcess desk, Order order) throws IOException {
        try (Wire wire = new Wire(desk.address())) {
            Wire.Answer answer = wire.exchange(order);
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        }
    }

    /** Each transfer of a cent that was accepted has moved one; one of which nobody knows may have, too. */
    private void checkMoney(Load load) throws SQLException {
        int accepted = load.accepted(Order::isTransfer).size();
        int perhaps = load.unknown(Order::isTransfer).size();
        BigDecimal alice = new BigDecimal(
                read("select balance from account where id = 'alice'").get(0));
        BigDecimal bob = new BigDecimal(
                read("select balance from account where id = 'bob'").get(0));
        assertThat(alice.add(bob)).isEqualByComparingTo("1500");
        assertThat(bob.subtract(new BigDecimal(500)).divide(CENT).intValueExact())
                .isBetween(accepted, accepted + perhaps);
    }

    private List<String> stored() throws SQLException {
        return read("select id from quote");
    }

    private List<String> outbox() throws IOException {
        JsonMapper json = new JsonMapper();
        return Files.readAllLines(this.data.resolve("outbox.jsonl")).stream()
                .map(line -> json.readTree(line).get("id").asString())
                .toList();
    }

    private List<String> read(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + this.data + "/desk", "sa", "");
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
