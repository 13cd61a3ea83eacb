package dev.settle.queue;

import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The states of keys against their specification, in the interleavings that a model checker finds. */
@Tag("model")
class KeyModelTests {

    private static ModelCheckingOptions modelChecking(int scenarios) {
        return new ModelCheckingOptions()
                .iterations(scenarios)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(3)
                .sequentialSpecification(KeysOneAfterAnother.class);
    }

    private static List<Actor> actors(String... operations) {
        return Arrays.stream(operations).map(KeyModelTests::actor).toList();
    }

    private static Actor actor(String operation) {
        try {
            return new Actor(KeyOperations.class.getMethod(operation), List.of());
        } catch (NoSuchMethodException ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void statesAreAsIfOneActedAfterAnother() {
        modelChecking(3).check(KeyOperations.class);
    }

    /** A count that is one too high for a moment is enough to refuse it. */
    @Test
    void whoIsRefusedDoesNotRefuseAnother() {
        ExecutionScenario full = new ExecutionScenario(
                actors("pinForTwo", "pinForFour"),
                List.of(actors("unpinForFour", "pinForFour"), actors("pinForThree")),
                List.of(),
                actor("eachKeyInUseHasOneState"));

        modelChecking(0).addCustomScenario(full).check(KeyOperations.class);
    }
}
