package dev.settle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The short form of the chaos run: some seeds, in virtual time. */
class VirtualChaosTests {

    private static final int ROUNDS = Integer.getInteger("chaos.short", 300);

    @Test
    void noLawIsBroken() {
        LongStream.range(0, ROUNDS)
                .mapToObj(Round::run)
                .forEach(report -> assertThat(report.findings())
                        .as("what seed %s has found; its story: %s", report.seed(), report.story())
                        .isEmpty());
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        for (long seed = 1000; seed < 1050; seed++) {
            assertThat(Round.run(seed).story()).isEqualTo(Round.run(seed).story());
        }
    }

    @Test
    void anotherSeedTellsAnother() {
        assertThat(Round.run(1).story()).isNotEqualTo(Round.run(2).story());
    }
}
