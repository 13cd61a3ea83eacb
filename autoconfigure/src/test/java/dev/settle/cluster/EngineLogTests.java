package dev.settle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Logs;
import dev.settle.cluster.ClusterSettings.OnFailure;
import dev.settle.test.VirtualTime;
import java.net.ConnectException;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is logged of an engine that goes away and comes back. */
class EngineLogTests {

    private final Logs logs = new Logs(Cluster.class);
    private final VirtualTime time = new VirtualTime();
    private final EngineLog log = new EngineLog("the store", OnFailure.FAIL, this.time);

    @AfterEach
    void close() {
        this.logs.close();
    }

    /** Those that an operator sees. */
    private List<String> lines() {
        return this.logs.records().stream()
                .filter(record -> record.getLevel().intValue() >= Level.INFO.intValue())
                .map(record -> MessageFormat.format(record.getMessage(), record.getParameters()))
                .toList();
    }

    @Test
    void oneLineWhenItGoesAndOneWhenItIsBackHoweverOftenItDoes() {
        for (int i = 0; i < 50; i++) {
            this.log.away(new IllegalStateException("gone"));
            this.log.back();
        }
        assertThat(lines())
                .containsExactly(
                        "the store does not answer: until it does, calls that need it are refused"
                                + " (IllegalStateException: gone)",
                        "the store is back: calls count in all instances again");

        this.time.advance(Duration.ofSeconds(10));
        this.log.away(new IllegalStateException("gone"));

        assertThat(lines()).hasSize(3);
    }

    @Test
    void causeIsSaidAndWhatWasAskedIsNot() {
        this.log.away(new IllegalStateException(
                "Unable to send; command: (EVAL), params: [secret-key]", new ConnectException("refused: host:1")));
        this.log.refuses(new IllegalArgumentException("WRONGTYPE of a value. channel: [x] command: secret-key"));

        assertThat(lines().get(0)).contains("(IllegalStateException, ConnectException: refused: host:1)");
        assertThat(lines().get(1)).contains("IllegalArgumentException: WRONGTYPE of a value.");
        assertThat(lines()).noneMatch(line -> line.contains("secret-key"));
        assertThat(this.logs.records())
                .allSatisfy(record -> assertThat(record.getThrown()).isNull());
    }

    @Test
    void eachRefusalIsSaidOnce() {
        for (int i = 0; i < 5; i++) {
            this.log.refuses(new IllegalStateException("NOPERM"));
            this.log.refuses(new IllegalStateException("WRONGTYPE"));
        }

        assertThat(lines()).hasSize(2);
    }
}
