package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;

/** A method that cannot have the policies it asks for stops the application, with an analysis of what to change. */
class InvalidPlanTests {

    private static FailureAnalysis starting(Class<?> type) {
        return Startup.analysis(Startup.runner().withBean("prices", type));
    }

    private static void assertRefused(FailureAnalysis analysis, String place, String problem, String action) {
        assertThat(analysis.getCause()).isInstanceOf(InvalidPlanException.class);
        assertThat(analysis.getDescription())
                .startsWith("Bean 'prices', ")
                .contains(place)
                .contains(problem);
        assertThat(analysis.getAction()).contains(action);
    }

    static class ReturnsConnectable {
        @Timeout("1s")
        public ConnectableFlux<String> find(String id) {
            return Flux.just(id).publish();
        }
    }

    @Test
    void aSubtypeOfFluxOfWhichNoneCanBeMadeIsRefusedByName() {
        assertRefused(
                starting(ReturnsConnectable.class),
                "find(String)",
                "reactor.core.publisher.ConnectableFlux",
                "Return a value, void, CompletableFuture, CompletionStage, Future");
    }

    static class ReturnsSubmissions {
        @Retry
        public SubmissionPublisher<String> find() {
            return new SubmissionPublisher<>();
        }
    }

    @Test
    void aSpecialPublisherOfTheJdkIsRefusedByName() {
        assertRefused(
                starting(ReturnsSubmissions.class), "find()", "java.util.concurrent.SubmissionPublisher", "a Flux");
    }

    interface ListenableFuture<T> extends Future<T> {}

    static class ReturnsListenableFuture {
        @Retry
        public ListenableFuture<String> find() {
            throw new IllegalStateException();
        }
    }

    @Test
    void aFutureOfAnotherLibraryIsRefusedByName() {
        assertRefused(starting(ReturnsListenableFuture.class), "find()", ListenableFuture.class.getName(), "Future");
    }

    static class ReturnsFutureTask {
        @Retry
        public FutureTask<String> find() {
            throw new IllegalStateException();
        }
    }

    @Test
    void aSpecialFutureOfTheJdkIsRefusedByName() {
        assertRefused(starting(ReturnsFutureTask.class), "find()", "java.util.concurrent.FutureTask", "Future");
    }

    static class OwnFuture<T> extends CompletableFuture<T> {}

    static class ReturnsOwnFuture {
        @Retry
        public OwnFuture<String> find() {
            return new OwnFuture<>();
        }
    }

    @Test
    void aSubclassOfCompletableFutureIsRefusedByName() {
        assertRefused(starting(ReturnsOwnFuture.class), "find()", OwnFuture.class.getName(), "CompletableFuture");
    }

    static class ReturnsCallable {
        @Retry
        public Callable<String> find() {
            return () -> "7.30";
        }
    }

    @Test
    void aCallableIsRefusedByName() {
        assertRefused(starting(ReturnsCallable.class), "find()", "java.util.concurrent.Callable", "Return a value");
    }

    abstract static class Finder<T> {
        @Retry
        public T find() {
            return null;
        }
    }

    static class ConnectableFinder extends Finder<ConnectableFlux<String>> {}

    @Test
    void aTypeVariableThatStandsForARefusedTypeIsRefusedByName() {
        assertRefused(
                starting(ConnectableFinder.class),
                "find()",
                "reactor.core.publisher.ConnectableFlux",
                "Return a value");
    }

    static class BadDuration {
        @Retry(delay = "soon")
        public void find() {}
    }

    @Test
    void aBadDurationIsRefusedWithExamplesOfGoodOnes() {
        assertRefused(starting(BadDuration.class), "@Retry(delay)", "\"soon\" is no duration", "\"300ms\"");
    }

    static class BadTimeout {
        @Timeout("2 parsecs")
        public void find() {}
    }

    @Test
    void aBadLimitIsRefusedWithExamplesOfGoodOnes() {
        assertRefused(starting(BadTimeout.class), "@Timeout(value)", "\"2 parsecs\" is no duration", "ISO-8601");
    }

    static class HugeDuration {
        @Timeout("99999999999999999d")
        public void find() {}
    }

    @Test
    void aDurationThatOverflowsIsRefused() {
        assertRefused(starting(HugeDuration.class), "@Timeout(value)", "is no duration", "\"300ms\"");
    }

    static class EmptyTimeout {
        @Timeout(" ")
        public void find() {}
    }

    @Test
    void anEmptyLimitIsRefused() {
        assertRefused(starting(EmptyTimeout.class), "@Timeout(value)", "no limit is set", "\"2s\"");
    }

    static class ZeroTimeout {
        @Timeout("0s")
        public void find() {}
    }

    @Test
    void aLimitOfZeroIsRefused() {
        assertRefused(starting(ZeroTimeout.class), "@Timeout(value)", "PT0S", "positive");
    }

    static class NegativeTimeout {
        @Timeout("-5s")
        public void find() {}
    }

    @Test
    void aNegativeLimitIsRefused() {
        assertRefused(starting(NegativeTimeout.class), "@Timeout(value)", "PT-5S", "positive");
    }

    static class NegativeRetries {
        @Retry(maxRetries = -1)
        public void find() {}
    }

    @Test
    void negativeRetriesAreRefused() {
        assertRefused(starting(NegativeRetries.class), "@Retry(maxRetries)", "-1 is negative", "Use 0");
    }

    static class NegativeDelay {
        @Retry(delay = "-1ms")
        public void find() {}
    }

    @Test
    void aNegativeDelayIsRefused() {
        assertRefused(starting(NegativeDelay.class), "@Retry(delay)", "PT-0.001S is negative", "\"0s\"");
    }

    static class ShrinkingDelay {
        @Retry(multiplier = 0.5)
        public void find() {}
    }

    @Test
    void aMultiplierBelowOneIsRefused() {
        assertRefused(starting(ShrinkingDelay.class), "@Retry(multiplier)", "0.5", "1.0");
    }

    static class NoNumber {
        @Retry(multiplier = Double.NaN)
        public void find() {}
    }

    @Test
    void aMultiplierThatIsNoNumberIsRefused() {
        assertRefused(starting(NoNumber.class), "@Retry(multiplier)", "NaN", "1.0");
    }

    static class LongestIsShorter {
        @Retry(delay = "2s", maxDelay = "1s")
        public void find() {}
    }

    @Test
    void aLongestDelayBelowTheFirstIsRefused() {
        assertRefused(starting(LongestIsShorter.class), "@Retry(maxDelay)", "PT1S is shorter", "longer maxDelay");
    }

    static class NoTimeForARetry {
        @Retry(delay = "2s", maxDuration = "1s")
        public void find() {}
    }

    @Test
    void aDurationThatLeavesNoTimeForARetryIsRefused() {
        assertRefused(starting(NoTimeForARetry.class), "@Retry(maxDuration)", "PT1S leaves no time", "maxDuration");
    }

    static class Unresolvable {
        @Timeout("${nowhere.to.be.found}")
        public void find() {}
    }

    @Test
    void aPlaceholderThatCannotBeResolvedIsRefused() {
        FailureAnalysis analysis = Startup.analysis(Startup.runner()
                .withConfiguration(AutoConfigurations.of(PropertyPlaceholderAutoConfiguration.class))
                .withBean("prices", Unresolvable.class));

        assertRefused(analysis, "@Timeout(value)", "${nowhere.to.be.found}", "Set the property, or write a default");
    }

    @Test
    void aPlaceholderThatCannotBeResolvedIsRefusedWhereSpringIsLenientToo() {
        assertRefused(starting(Unresolvable.class), "@Timeout(value)", "${nowhere.to.be.found}", "write a default");
    }

    static class FinalMethod {
        @Retry
        public final void find() {}
    }

    @Test
    void aFinalMethodIsRefused() {
        assertRefused(starting(FinalMethod.class), "find()", "the method is final", "Make the method non-final");
    }

    static class PrivateMethod {
        @Retry
        private void find() {}
    }

    @Test
    void aPrivateMethodIsRefused() {
        assertRefused(starting(PrivateMethod.class), "find()", "the method is private", "non-private");
    }

    static class StaticMethod {
        @Retry
        public static void find() {}
    }

    @Test
    void aStaticMethodIsRefused() {
        assertRefused(starting(StaticMethod.class), "find()", "the method is static", "non-static");
    }

    static final class FinalClass {
        @Retry
        public void find() {}
    }

    @Test
    void aFinalClassIsRefused() {
        assertRefused(starting(FinalClass.class), FinalClass.class.getName(), "the class is final", "can be extended");
    }

    record Prices() {
        @Retry
        public String find() {
            return "7.30";
        }
    }

    @Test
    void aRecordIsRefused() {
        assertRefused(starting(Prices.class), Prices.class.getName(), "the class is final", "can be extended");
    }

    static sealed class SealedClass {
        @Retry
        public void find() {}
    }

    static final class Permitted extends SealedClass {}

    @Test
    void aSealedClassIsRefused() {
        assertRefused(
                starting(SealedClass.class), SealedClass.class.getName(), "the class is sealed", "can be extended");
    }

    static class TwoTimeoutsOfOneScope {
        @Timeout("1s")
        @Timeout("2s")
        public void find() {}
    }

    @Test
    void twoTimeoutsOfOneScopeAreRefused() {
        assertRefused(
                starting(TwoTimeoutsOfOneScope.class), "find()", "@Timeout stands there more than once", "scopes");
    }

    static class TwoTotals {
        @Timeout(value = "1s", scope = Timeout.Scope.TOTAL)
        @Timeout(value = "2s", scope = Timeout.Scope.TOTAL)
        @Timeout("1s")
        public void find() {}
    }

    @Test
    void twoTotalTimeoutsAreRefused() {
        assertRefused(starting(TwoTotals.class), "find()", "@Timeout stands there more than once", "scopes");
    }

    interface Rule extends Predicate<Throwable> {}

    static class RuleWithoutBean {
        @Retry(predicate = Rule.class)
        public void find() {}
    }

    @Test
    void aRuleThatIsNeitherBeanNorClassIsRefused() {
        assertRefused(starting(RuleWithoutBean.class), "@Retry(predicate)", Rule.class.getName(), "bean");
    }

    @Test
    void aRuleOfWhichThereAreTwoBeansIsRefused() {
        Rule rule = failure -> true;
        FailureAnalysis analysis = Startup.analysis(Startup.runner()
                .withBean("prices", RuleWithoutBean.class)
                .withBean("one", Rule.class, () -> rule)
                .withBean("other", Rule.class, () -> rule));

        assertRefused(analysis, "@Retry(predicate)", Rule.class.getName(), "bean");
    }

    @Test
    void theMethodIsNamedWithItsParameters() {
        assertThat(starting(ReturnsConnectable.class).getDescription())
                .contains(ReturnsConnectable.class.getName() + ".find(String)");
    }
}
