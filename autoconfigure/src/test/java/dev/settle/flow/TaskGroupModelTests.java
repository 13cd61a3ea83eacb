package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Groups against their laws, in the interleavings that a model checker finds. */
@Tag("model")
class TaskGroupModelTests {

    private static final int FIRST = 0;
    private static final int SECOND = 1;

    /** A real group takes many steps; the copies take few, and a flaw has to be found. */
    private static final int INTERLEAVINGS = 30;

    private static final int INTERLEAVINGS_OF_A_COPY = 500;

    private static ModelCheckingOptions modelChecking(int scenarios) {
        return new ModelCheckingOptions()
                .iterations(scenarios)
                .invocationsPerIteration(INTERLEAVINGS)
                .threads(2)
                .actorsPerThread(3)
                .addGuarantee(forClasses(name -> name.startsWith("io.micrometer.") || name.startsWith("org.slf4j."))
                        .allMethods()
                        .ignore());
    }

    private static ModelCheckingOptions ofCopy() {
        return modelChecking(0).invocationsPerIteration(INTERLEAVINGS_OF_A_COPY);
    }

    private static ExecutionScenario scenario(List<Actor> before, Actor one, Actor other) {
        return new ExecutionScenario(
                before,
                List.of(List.of(one), List.of(other)),
                List.of(),
                actor("nobodyIsStrandedAndNothingGoesOnAfterTheEnd"));
    }

    private static ExecutionScenario childAgainstAbort() {
        return scenario(List.of(), actor("forkSecond"), actor("abort"));
    }

    private static ExecutionScenario childAgainstFailureOfAnother() {
        return scenario(List.of(), actor("forkSecond"), actor("failFirst"));
    }

    private static ExecutionScenario childAgainstEndOfTheLast() {
        return scenario(List.of(), actor("forkSecond"), actor("end", FIRST));
    }

    private static ExecutionScenario childAgainstPlaceThatComesBack() {
        return scenario(List.of(actor("forkSecond")), actor("forkThird"), actor("end", FIRST));
    }

    private static ExecutionScenario cancelAgainstPlaceThatComesBack() {
        return scenario(List.of(actor("forkSecond")), actor("cancel", SECOND), actor("end", FIRST));
    }

    private static ExecutionScenario abortAgainstEndOfTheLast() {
        return scenario(List.of(actor("forkSecond"), actor("end", FIRST)), actor("abort"), actor("end", SECOND));
    }

    private static Actor actor(String operation, Integer... who) {
        Class<?>[] types = Arrays.stream(who).map(one -> int.class).toArray(Class<?>[]::new);
        try {
            return new Actor(TaskGroupOperations.class.getMethod(operation, types), List.of((Object[]) who));
        } catch (NoSuchMethodException ex) {
            throw new AssertionError(ex);
        }
    }

    private static void assertFound(ExecutionScenario scenario, Class<?> broken) {
        ModelCheckingOptions smallest = ofCopy().addCustomScenario(scenario);

        assertThatThrownBy(() -> smallest.check(broken)).isInstanceOf(LincheckAssertionError.class);
    }

    @Test
    void lawsHoldWhateverTwoThreadsDo() {
        modelChecking(1).check(TaskGroupOperations.OfTaskGroup.class);
    }

    @Test
    void childMayMeetAnAbortOrTheEndOfAnother() {
        modelChecking(0)
                .addCustomScenario(childAgainstAbort())
                .addCustomScenario(childAgainstFailureOfAnother())
                .addCustomScenario(childAgainstEndOfTheLast())
                .addCustomScenario(childAgainstPlaceThatComesBack())
                .check(TaskGroupOperations.OfTaskGroup.class);
    }

    @Test
    void endOfAChildMayMeetAnAbortOrACancel() {
        modelChecking(0)
                .addCustomScenario(cancelAgainstPlaceThatComesBack())
                .addCustomScenario(abortAgainstEndOfTheLast())
                .check(TaskGroupOperations.OfTaskGroup.class);
    }

    @Test
    void copyWithoutAFlawPasses() {
        ofCopy().addCustomScenario(childAgainstAbort())
                .addCustomScenario(childAgainstEndOfTheLast())
                .addCustomScenario(childAgainstPlaceThatComesBack())
                .check(TaskGroupOperations.OfCopy.class);
    }

    @Test
    void forkThatLooksForAnAbortFirstIsFound() {
        assertFound(childAgainstAbort(), TaskGroupOperations.OfForkThatLooksForAnAbortFirst.class);
    }

    @Test
    void lookThatIsForgottenIsFound() {
        assertFound(childAgainstPlaceThatComesBack(), TaskGroupOperations.OfLookThatIsForgotten.class);
    }

    @Test
    void enterThatLooksBeforeItCountsIsFound() {
        assertFound(childAgainstEndOfTheLast(), TaskGroupOperations.OfEnterThatLooksBeforeItCounts.class);
    }
}
