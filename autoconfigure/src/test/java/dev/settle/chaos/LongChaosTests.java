package dev.settle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The chaos run itself: {@code mvn -Pchaos verify}. */
@Tag("chaos")
@Timeout(600)
class LongChaosTests {

    private static final int SECONDS = Integer.getInteger("chaos.seconds", 150);

    @Test
    void noLawIsBrokenInVirtualTime() {
        assertThat(new ChaosRun("virtual", Round::run).run(SECONDS))
                .as("seeds that break a law")
                .isEmpty();
    }

    @Test
    void noLawIsBrokenWithRealThreads() {
        assertThat(new ChaosRun("real", RealRound::run).run(SECONDS))
                .as("seeds that break a law")
                .isEmpty();
    }
}
