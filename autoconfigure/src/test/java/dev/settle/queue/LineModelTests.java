package dev.settle.queue;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The line against its specification, in the interleavings that a model checker finds. */
@Tag("model")
class LineModelTests {

    private static final int SCENARIOS = 8;
    private static final int INTERLEAVINGS = 300;

    private static ModelCheckingOptions modelChecking() {
        return new ModelCheckingOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(INTERLEAVINGS)
                .threads(2)
                .actorsPerThread(3)
                .sequentialSpecification(OneAfterAnother.class);
    }

    /** The smallest: a permit comes back while somebody comes. */
    private static ExecutionScenario releaseAgainstEnter() throws NoSuchMethodException {
        return new ExecutionScenario(
                List.of(actor("tryEnter")),
                List.of(List.of(actor("release")), List.of(actor("enterFirst"))),
                List.of(),
                actor("nobodyIsStrandedAndNothingLost"));
    }

    private static Actor actor(String operation) throws NoSuchMethodException {
        return new Actor(LineOperations.class.getMethod(operation), List.of());
    }

    @Test
    void lineIsAsIfOneActedAfterAnother() {
        modelChecking().check(LineOperations.OfPermitLine.class);
    }

    @Test
    void releaseOfTheLineMayMeetWhoComes() throws Exception {
        modelChecking().iterations(0).addCustomScenario(releaseAgainstEnter()).check(LineOperations.OfPermitLine.class);
    }

    @Test
    void releaseThatLooksBeforeItAddsIsFound() throws Exception {
        ModelCheckingOptions smallest = modelChecking().iterations(0).addCustomScenario(releaseAgainstEnter());

        assertThatThrownBy(() -> smallest.check(LineOperations.OfBrokenLine.class))
                .isInstanceOf(LincheckAssertionError.class);
    }
}
