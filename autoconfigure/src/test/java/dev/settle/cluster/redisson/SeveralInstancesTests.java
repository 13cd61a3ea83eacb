package dev.settle.cluster.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three JVMs and one server. */
class SeveralInstancesTests {

    private static final long WINDOW = 1_000_000;

    private static Redis redis;
    private static final List<InstanceProcess> INSTANCES = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        redis = Redis.start();
        for (int i = 0; i < 3; i++) {
            INSTANCES.add(new InstanceProcess(redis));
        }
        for (InstanceProcess instance : INSTANCES) {
            instance.ready();
        }
    }

    @AfterAll
    static void stop() {
        INSTANCES.forEach(InstanceProcess::close);
        redis.close();
    }

    private static List<String> all(String command) throws InterruptedException {
        INSTANCES.forEach(instance -> instance.tell(command));
        List<String> outcomes = new ArrayList<>();
        for (InstanceProcess instance : INSTANCES) {
            outcomes.add(instance.await("DONE"));
        }
        return outcomes;
    }

    @Test
    void threeThousandCallsAreAloneOneAfterAnother(@TempDir Path folder) throws Exception {
        assertThat(all("alone " + folder.resolve("lock") + " 1000")).containsOnly("{alone=1000}");
    }

    @Test
    void neverMoreThanFiveRunInAllInstances() throws Exception {
        assertThat(all("few 300")).containsOnly("{few=300}");
    }

    @Test
    void noSecondOfTheServerHasMoreStartsThanTheLimit() throws Exception {
        List<Long> starts;
        try (Monitor monitor = new Monitor(redis, "zadd")) {
            assertThat(all("paced 60")).containsOnly("{paced=60}");
            starts = monitor.firstNumbers(180).stream().sorted().toList();
        }
        for (int i = 0; i + 50 < starts.size(); i++) {
            assertThat(starts.get(i + 50) - starts.get(i))
                    .as("fifty after start %s", i)
                    .isGreaterThanOrEqualTo(WINDOW);
        }
    }
}
