package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Channels against their specification, in the interleavings that a model checker finds. */
@Tag("model")
class ChannelModelTests {

    private static final int SCENARIOS = 1;
    private static final int INTERLEAVINGS = 60;
    private static final int INTERLEAVINGS_OF_A_COPY = 200;

    private static ModelCheckingOptions rendezvous(int scenarios) {
        return new ModelCheckingOptions()
                .iterations(scenarios)
                .invocationsPerIteration(INTERLEAVINGS)
                .threads(2)
                .actorsPerThread(3)
                .sequentialSpecification(ChannelOneAfterAnother.Rendezvous.class);
    }

    private static ModelCheckingOptions buffer(int scenarios) {
        return rendezvous(scenarios).sequentialSpecification(ChannelOneAfterAnother.Buffer.class);
    }

    private static ModelCheckingOptions ofCopy() {
        return rendezvous(0).invocationsPerIteration(INTERLEAVINGS_OF_A_COPY);
    }

    private static ExecutionScenario scenario(List<Actor> before, List<Actor> one, List<Actor> other) {
        return new ExecutionScenario(
                before, List.of(one, other), actors("outcomes"), actor("nobodyIsStrandedAndNothingIsLeftBehind"));
    }

    private static ExecutionScenario sendAgainstCancelOfTheReceiver() {
        return scenario(actors("receiveFirst"), actors("sendFirst"), List.of(first("cancelReceive")));
    }

    private static ExecutionScenario receiveAgainstCancelOfTheSender() {
        return scenario(actors("sendFirst"), actors("receiveFirst"), List.of(first("cancelSend")));
    }

    private static ExecutionScenario closeAgainstReceive() {
        return scenario(actors(), actors("close"), actors("receiveFirst"));
    }

    private static ExecutionScenario closeAgainstSend() {
        return scenario(actors("receiveFirst"), actors("close"), actors("sendFirst", "sendSecond"));
    }

    private static ExecutionScenario abortAgainstSend() {
        return scenario(actors("receiveSecond"), actors("sendFirst"), actors("abort"));
    }

    /** It may be met, or its work aborted, while it begins to listen to the signal. */
    private static ExecutionScenario receiverThatJustComes() {
        return scenario(actors(), actors("receiveSecond"), actors("sendFirst", "abort"));
    }

    private static ExecutionScenario oneSenderAndOneReceiver() {
        return scenario(actors(), actors("sendFirst", "sendSecond"), actors("receiveFirst", "receiveSecond"));
    }

    private static List<Actor> actors(String... operations) {
        return Arrays.stream(operations).map(ChannelModelTests::actor).toList();
    }

    private static Actor actor(String operation) {
        try {
            return new Actor(ChannelOperations.class.getMethod(operation), List.of());
        } catch (NoSuchMethodException ex) {
            throw new AssertionError(ex);
        }
    }

    private static Actor first(String operation) {
        try {
            return new Actor(ChannelOperations.class.getMethod(operation, int.class), List.of(0));
        } catch (NoSuchMethodException ex) {
            throw new AssertionError(ex);
        }
    }

    private static ModelCheckingOptions dangerous(ModelCheckingOptions options) {
        return options.addCustomScenario(sendAgainstCancelOfTheReceiver())
                .addCustomScenario(receiveAgainstCancelOfTheSender())
                .addCustomScenario(closeAgainstReceive())
                .addCustomScenario(closeAgainstSend())
                .addCustomScenario(abortAgainstSend())
                .addCustomScenario(receiverThatJustComes())
                .addCustomScenario(oneSenderAndOneReceiver());
    }

    @Test
    void rendezvousIsAsIfOneActedAfterAnother() {
        rendezvous(SCENARIOS).check(ChannelOperations.OfRendezvous.class);
    }

    @Test
    void bufferIsAsIfOneActedAfterAnother() {
        buffer(SCENARIOS).check(ChannelOperations.OfBuffer.class);
    }

    @Test
    void nothingIsLostAndNobodyStrandedWhereTwoMeetAtARendezvous() {
        dangerous(rendezvous(0)).check(ChannelOperations.OfRendezvous.class);
    }

    @Test
    void nothingIsLostAndNobodyStrandedWhereTwoMeetAtABuffer() {
        dangerous(buffer(0)).check(ChannelOperations.OfBuffer.class);
    }

    @Test
    void copyWithoutAFlawPasses() {
        ofCopy().addCustomScenario(sendAgainstCancelOfTheReceiver())
                .addCustomScenario(receiveAgainstCancelOfTheSender())
                .addCustomScenario(closeAgainstReceive())
                .check(ChannelOperations.OfCopy.class);
    }

    @Test
    void valueForAReceiverThatIsGoingIsFound() {
        assertFound(sendAgainstCancelOfTheReceiver(), ChannelOperations.OfReceiverWithoutCas.class);
    }

    @Test
    void valueOfASenderThatIsGoingIsFound() {
        assertFound(receiveAgainstCancelOfTheSender(), ChannelOperations.OfSenderWithoutCas.class);
    }

    @Test
    void closeThatStrandsWhoJustComesIsFound() {
        assertFound(closeAgainstReceive(), ChannelOperations.OfCloseThatEmptiesFirst.class);
    }

    private static void assertFound(ExecutionScenario scenario, Class<?> broken) {
        ModelCheckingOptions smallest = ofCopy().addCustomScenario(scenario);

        assertThatThrownBy(() -> smallest.check(broken)).isInstanceOf(LincheckAssertionError.class);
    }
}
