package dev.settle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of the chaos run: some seeds, with real threads. */
class RealChaosTests {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 6})
    void noLawIsBroken(long seed) {
        assertThat(RealRound.run(seed).findings()).isEmpty();
    }
}
