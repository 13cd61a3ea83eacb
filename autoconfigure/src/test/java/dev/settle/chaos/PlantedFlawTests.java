package dev.settle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The chaos run finds a bug that is planted on purpose, one for each law, within few seeds, and names the law. */
class PlantedFlawTests {

    private static final int SEEDS = 100;

    @ParameterizedTest
    @EnumSource
    void aPlantedBugIsFoundAndTheLawNamed(Law law) {
        assertThat(LongStream.range(0, SEEDS).anyMatch(seed -> breaks(seed, law)))
                .as("%s is found to be broken", law)
                .isTrue();
    }

    private static boolean breaks(long seed, Law law) {
        return Round.run(seed, PlantedFlaws.of(law)).findings().stream().anyMatch(finding -> finding.law() == law);
    }
}
