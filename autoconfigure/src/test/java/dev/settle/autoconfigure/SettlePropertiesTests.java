package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.cluster.ClusterSettings;
import dev.settle.cluster.ClusterSettings.OnFailure;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.Ordered;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every property binds, has the default that is written down, and is known to editors. */
class SettlePropertiesTests {

    private final ApplicationContextRunner runner = Startup.runner();

    @Test
    void theDefaultsHoldWhenNothingIsSet() {
        this.runner.run(context -> {
            SettleProperties properties = context.getBean(SettleProperties.class);

            assertThat(properties.isEnabled()).isTrue();
            assertThat(properties.getAdvisorOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
            assertThat(properties.getBudgets()).isEmpty();
            assertThat(properties.getShutdown().getDelay()).isZero();
            assertThat(properties.getShutdown().getTotalTimeout()).isNull();
            assertThat(properties.getShutdown().getPhaseTimeouts()).isEmpty();
            assertThat(properties.getShutdown().isDrainOnStop()).isFalse();
            assertThat(properties.getShutdown().getReportFile()).isNull();
            assertThat(properties.getCluster().toSettings("shop"))
                    .isEqualTo(new ClusterSettings(
                            OnFailure.FAIL,
                            Duration.ofSeconds(10),
                            Duration.ofSeconds(10).dividedBy(3),
                            Duration.ofMillis(500),
                            "shop"));
        });
    }

    @Test
    void everyPropertyBinds() {
        this.runner
                .withPropertyValues(
                        "settle.advisor-order=42",
                        "settle.budgets.shared.ratio=0.5",
                        "settle.budgets.shared.min-per-second=3",
                        "settle.budgets.shared.ttl=20s",
                        "settle.shutdown.delay=1ms",
                        "settle.shutdown.total-timeout=2m",
                        "settle.shutdown.phase-timeouts.100=3s",
                        "settle.shutdown.phase-timeouts[-5]=4s",
                        "settle.shutdown.drain-on-stop=true",
                        "settle.shutdown.report-file=target/shutdown.json",
                        "settle.cluster.on-failure=local",
                        "settle.cluster.lease-time=20s",
                        "settle.cluster.renewal=4s",
                        "settle.cluster.command-timeout=1s",
                        "settle.cluster.prefix=warehouse")
                .run(context -> {
                    SettleProperties properties = context.getBean(SettleProperties.class);

                    assertThat(properties.getAdvisorOrder()).isEqualTo(42);
                    assertThat(properties.getBudgets()).containsOnlyKeys("shared");
                    SettleProperties.Budget shared = properties.getBudgets().get("shared");
                    assertThat(shared.getRatio()).isEqualTo(0.5);
                    assertThat(shared.getMinPerSecond()).isEqualTo(3);
                    assertThat(shared.getTtl()).isEqualTo(Duration.ofSeconds(20));
                    assertThat(properties.getShutdown().getDelay()).isEqualTo(Duration.ofMillis(1));
                    assertThat(properties.getShutdown().getTotalTimeout()).isEqualTo(Duration.ofMinutes(2));
                    assertThat(properties.getShutdown().getPhaseTimeouts())
                            .isEqualTo(Map.of(100, Duration.ofSeconds(3), -5, Duration.ofSeconds(4)));
                    assertThat(properties.getShutdown().isDrainOnStop()).isTrue();
                    assertThat(properties.getShutdown().getReportFile()).isEqualTo("target/shutdown.json");
                    assertThat(properties.getCluster().toSettings("shop"))
                            .isEqualTo(new ClusterSettings(
                                    OnFailure.LOCAL,
                                    Duration.ofSeconds(20),
                                    Duration.ofSeconds(4),
                                    Duration.ofSeconds(1),
                                    "warehouse"));
                });
    }

    @Test
    void aBudgetHasDefaultsOfItsOwn() {
        this.runner.withPropertyValues("settle.budgets.shared.ratio=0.5").run(context -> {
            SettleProperties.Budget shared =
                    context.getBean(SettleProperties.class).getBudgets().get("shared");

            assertThat(shared.getMinPerSecond()).isEqualTo(10);
            assertThat(shared.getTtl()).isEqualTo(Duration.ofSeconds(10));
        });
    }

    @Test
    void editorsKnowEveryProperty() throws Exception {
        List<JsonNode> properties = metadata();

        assertThat(properties)
                .extracting(property -> property.get("name").asString())
                .containsExactlyInAnyOrder(
                        "settle.enabled",
                        "settle.advisor-order",
                        "settle.mode",
                        "settle.budgets",
                        "settle.shutdown.delay",
                        "settle.shutdown.total-timeout",
                        "settle.shutdown.phase-timeouts",
                        "settle.shutdown.drain-on-stop",
                        "settle.shutdown.report-file",
                        "settle.cluster.on-failure",
                        "settle.cluster.lease-time",
                        "settle.cluster.renewal",
                        "settle.cluster.command-timeout",
                        "settle.cluster.prefix",
                        "settle.web.problem-details",
                        "settle.web.retry-after",
                        "settle.web.deadline.send",
                        "settle.web.deadline.accept",
                        "settle.web.deadline.header",
                        "settle.web.tomcat.probe-interval");
    }

    @Test
    void editorsCanExplainEveryProperty() throws Exception {
        assertThat(metadata()).allSatisfy(property -> {
            assertThat(property.get("type").asString()).isNotBlank();
            assertThat(property.get("description").asString()).isNotBlank();
        });
    }

    private static List<JsonNode> metadata() throws Exception {
        try (InputStream json = SettleProperties.class
                .getClassLoader()
                .getResourceAsStream("META-INF/spring-configuration-metadata.json")) {
            assertThat(json)
                    .as("the metadata that the annotation processor writes")
                    .isNotNull();
            // Those of the policies have tests of their own, and those of endpoints are Boot's.
            return JsonMapper.shared()
                    .readTree(json)
                    .get("properties")
                    .valueStream()
                    .filter(property -> property.path("sourceType").asString().matches(".*Settle(Web)?Properties.*"))
                    .toList();
        }
    }
}
