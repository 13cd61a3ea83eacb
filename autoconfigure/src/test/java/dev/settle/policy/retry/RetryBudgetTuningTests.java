package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.Clustering;
import dev.settle.core.PlannedMethod;
import dev.settle.core.PolicyContext;
import dev.settle.core.Provider;
import dev.settle.core.StepPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The budget is found by its name when that changes, as the binding finds it at the start. */
class RetryBudgetTuningTests {

    private final VirtualTime time = new VirtualTime();
    private final Map<String, Object> shared = new ConcurrentHashMap<>();
    private final RetryStep step = (RetryStep) new RetryBinding()
            .create(
                    bound(""),
                    new PolicyContext(
                            "prices.find",
                            false,
                            this.time,
                            new ByName(this.shared),
                            (name, cleanup) -> {},
                            Clustering.none()));

    private static RetryBinding.Bound bound(String budget) {
        return new RetryBinding.Bound(
                new RetrySettings(1, Duration.ZERO, 1, Duration.ZERO, Jitter.NONE, null, List.of(), List.of(), budget),
                null,
                null,
                null);
    }

    private record ByName(Map<String, Object> objects) implements PolicyContext.Shared {

        @Override
        public <T> T get(Class<T> type, String name, Function<String, T> maker) {
            return type.cast(this.objects.computeIfAbsent(name, maker));
        }
    }

    @Test
    void theBudgetOfTheNewNameIsThatOfAllWhoShareIt() {
        RetryBudget budget = RetryBudget.of(new RetryBudget.Settings(1, 0, Duration.ofSeconds(10)), this.time);
        this.shared.put("backend", budget);

        this.step.tune(bound("backend"));
        PlannedMethod.with(new StepPolicy(this.step) {}).start(new Provider(this.time).thenAnswers("7.30"));

        assertThat(budget.tryWithdraw()).as("what the call has earned").isTrue();
    }

    @Test
    void aBudgetThatNobodyHasYetIsMadeOnce() {
        this.step.tune(bound("new"));
        Object made = this.shared.get("new");
        this.step.tune(bound(""));
        this.step.tune(bound("new"));

        assertThat(this.step.rules().budget()).isNotNull().isSameAs(made);
    }

    @Test
    void withoutANameThereIsNone() {
        this.step.tune(bound("new"));

        this.step.tune(bound(""));

        assertThat(this.step.rules().budget()).isNull();
    }
}
