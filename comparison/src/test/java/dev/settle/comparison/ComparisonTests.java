package dev.settle.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.comparison.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The command behind {@code docs/comparison.md}; a scenario that Settle does not hold fails it. */
class ComparisonTests {

    @Test
    void settleHoldsEveryScenario() throws IOException {
        Map<Scenario, Map<Contender, Observation>> seen = new LinkedHashMap<>();
        Scenarios.ALL.forEach(scenario -> seen.put(scenario, Map.of()));
        for (Scenario scenario : Scenarios.inRunningOrder()) {
            seen.put(scenario, Comparison.of(scenario, Contender.ALL));
        }

        Files.writeString(Path.of(System.getProperty("comparison.page")), Page.of(seen));

        assertThat(seen)
                .allSatisfy((scenario, row) -> assertThat(row.get(Contender.SETTLE))
                        .as(scenario.name())
                        .extracting(Observation::verdict)
                        .isEqualTo(Verdict.HELD));
    }
}
